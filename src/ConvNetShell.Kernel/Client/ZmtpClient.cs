using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConvNetShell.Kernel.Wire.Zmtp;

namespace ConvNetShell.Kernel.Client;

/// <summary>A socket that connects to a kernel's port, as soon as there is one, on a thread of its own.</summary>
internal sealed class ZmtpClient : IZmtpHandler, IDisposable
{
    private const int BufferBytes = 1 << 16;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);
    private static readonly ZmtpLimits Limits = new(MessageBytes: 1 << 30, MessageFrames: 1 << 16, HeldBytes: 1L << 32);
    private readonly BlockingCollection<List<byte[]>> received = [];
    private readonly Queue<byte[]> early = new();
    private readonly Lock gate = new();
    private readonly IPEndPoint address;
    private readonly string socketType;
    private readonly byte[] identity;
    private Socket? socket;
    private bool isReady;
    private volatile bool isDisposed;

    /// <summary>Begins to connect.</summary>
    /// <param name="address">The port.</param>
    /// <param name="socketType">DEALER or SUB; one of SUB subscribes to all topics.</param>
    /// <param name="identity">The name that the kernel calls it by.</param>
    public ZmtpClient(IPEndPoint address, string socketType, byte[] identity)
    {
        (this.address, this.socketType, this.identity) = (address, socketType, identity);
        new Thread(Run) { IsBackground = true, Name = $"ConvNetShell {socketType}" }.Start();
    }

    /// <summary>Sends a message, at once or when it is connected.</summary>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        byte[] bytes = ZmtpBytes.Message(frames);
        lock (gate)
        {
            if (isReady)
            {
                socket!.Send(bytes);
            }
            else
            {
                early.Enqueue(bytes);
            }
        }
    }

    /// <summary>Waits for a message; null when none came.</summary>
    public List<byte[]>? Receive(TimeSpan patience) => received.TryTake(out List<byte[]>? frames, patience) ? frames : null;

    /// <inheritdoc/>
    public void Greeted() => socket!.Send(ZmtpBytes.Ready(socketType, identity));

    /// <inheritdoc/>
    public void Command(string name, ReadOnlySpan<byte> body)
    {
        if (name == "READY")
        {
            lock (gate)
            {
                isReady = true;
                if (socketType == "SUB")
                {
                    socket!.Send(
                        ZmtpBytes.Message([
                            [1],
                        ])
                    );
                }

                while (early.TryDequeue(out byte[]? bytes))
                {
                    socket!.Send(bytes);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Message(List<byte[]> frames) => received.Add(frames);

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        lock (gate)
        {
            socket?.Dispose();
        }
    }

    private void Run()
    {
        byte[] buffer = new byte[BufferBytes];
        using var reader = new ZmtpReader(this, Limits, new HeldBytes(Limits.HeldBytes));
        try
        {
            Connect();
            int count;
            while ((count = socket!.Receive(buffer)) > 0)
            {
                reader.Read(buffer.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or ZmtpException)
        {
            // The kernel has gone, or this side has: who waits for a message learns it by the time that passes.
        }
    }

    private void Connect()
    {
        while (!isDisposed)
        {
            var attempt = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            lock (gate)
            {
                socket = attempt;
            }

            try
            {
                attempt.Connect(address);
                attempt.Send(ZmtpBytes.Greeting());
                return;
            }
            catch (SocketException)
            {
                // The kernel has not opened its ports yet.
                attempt.Dispose();
                Thread.Sleep(Again);
            }
        }
    }
}
