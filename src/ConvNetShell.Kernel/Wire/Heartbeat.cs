using NetMQ;
using NetMQ.Sockets;

namespace ConvNetShell.Kernel.Wire;

/// <summary>Echoes messages on its own thread: a front end sees that the kernel lives, however busy it is.</summary>
internal sealed class Heartbeat : IDisposable
{
    private const int MostBytes = 1 << 16,
        MostWaiting = 16;
    private readonly NetMQPoller poller = [];
    private readonly RouterSocket socket = new();

    public Heartbeat(string address)
    {
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.MaxMsgSize = MostBytes;
        socket.Options.ReceiveHighWatermark = MostWaiting;
        socket.Options.IPv4Only = !address.Contains('[');
        socket.Bind(address);
        socket.ReceiveReady += (_, _) => Echo();
        poller.Add(socket);
        poller.RunAsync("ConvNetShell heartbeat", isBackgroundThread: true);
    }

    /// <summary>Ends the thread before the socket goes.</summary>
    public void Dispose()
    {
        poller.Stop();
        poller.Dispose();
        socket.Dispose();
    }

    private void Echo()
    {
        try
        {
            NetMQMessage? message = null;
            if (socket.TryReceiveMultipartMessage(ref message))
            {
                socket.TrySendMultipartMessage(message);
            }
        }
        catch (NetMQException)
        {
            // The other side has gone; the next beat has an address of its own.
        }
    }
}
