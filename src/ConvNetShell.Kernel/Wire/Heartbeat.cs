using System.Net;
using System.Net.Sockets;
using ConvNetShell.Kernel.Wire.Zmtp;

namespace ConvNetShell.Kernel.Wire;

/// <summary>Echoes messages on its own thread: a front end sees that the kernel lives, however busy it is.</summary>
internal sealed class Heartbeat : IDisposable
{
    private static readonly ZmtpLimits Limits = new(MessageBytes: 1 << 16, MessageFrames: 16, HeldBytes: 1 << 20);
    private readonly ZmtpLoop loop;

    /// <summary>Opens the port and begins to answer.</summary>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public Heartbeat(IPEndPoint address, Action<string> log)
    {
        loop = new ZmtpLoop("ConvNetShell heartbeat", [new RouterServer(address, Limits, new HeldBytes(Limits.HeldBytes), Echo)], log);
        loop.Start();
    }

    /// <summary>Ends the thread before the port goes.</summary>
    public void Dispose() => loop.Dispose();

    // Who sends beats and reads none gets no more of them.
    private static void Echo(RouterServer server, IReadOnlyList<byte[]> frames)
    {
        if (!server.IsBehind(frames[0]))
        {
            server.Send(frames);
        }
    }
}
