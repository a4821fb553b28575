using System.Net.Sockets;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>The other side of an accepted connection. One thread reads; any thread may send, and none waits for the peer.</summary>
internal sealed class ZmtpPeer : IZmtpHandler, IDisposable
{
    private const int MostAtOnce = 1 << 20,
        MostPing = 18;
    private readonly ZmtpServer server;
    private readonly ZmtpLimits limits;
    private readonly ZmtpReader reader;
    private readonly Queue<ReadOnlyMemory<byte>> waiting = new();
    private readonly Lock gate = new();
    private ReadOnlyMemory<byte> next;
    private long waitingBytes;
    private volatile bool isOver;

    /// <summary>Greets a peer that has connected.</summary>
    public ZmtpPeer(Socket socket, ZmtpServer server, ZmtpLimits limits, HeldBytes held)
    {
        (Socket, this.server, this.limits) = (socket, server, limits);
        reader = new ZmtpReader(this, limits, held);
        socket.Blocking = false;
        socket.NoDelay = true;
        Send(ZmtpBytes.Greeting());
    }

    /// <summary>Gets its socket.</summary>
    public Socket Socket { get; }

    /// <summary>Gets what it says of itself, once it has.</summary>
    public ZmtpReady? Ready { get; private set; }

    /// <summary>Gets a value indicating whether the connection has ended, or must.</summary>
    public bool IsOver => isOver;

    /// <summary>Gets a value indicating whether bytes wait for it.</summary>
    public bool IsBehind
    {
        get
        {
            lock (gate)
            {
                return waitingBytes > 0;
            }
        }
    }

    /// <summary>Gets the time when it connected, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; } = Environment.TickCount64;

    /// <summary>Reads what has come.</summary>
    /// <exception cref="ZmtpException">It breaks the protocol or a limit.</exception>
    public void Read(byte[] buffer)
    {
        int all = 0;
        while (all < MostAtOnce && !isOver)
        {
            int count = Socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error is SocketError.WouldBlock or SocketError.TryAgain)
            {
                return;
            }

            if (error != SocketError.Success || count == 0)
            {
                isOver = true;
                return;
            }

            all += count;
            reader.Read(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Sends bytes, now as far as the connection takes them, the rest when it can.</summary>
    /// <returns>Whether a rest waits.</returns>
    public bool Send(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            if (isOver)
            {
                return false;
            }

            waiting.Enqueue(bytes);
            waitingBytes += bytes.Length;
            isOver = waitingBytes > limits.WaitingBytes;
            return Flush();
        }
    }

    /// <summary>Sends what waits as far as the connection takes it.</summary>
    /// <returns>Whether a rest waits.</returns>
    public bool Flush()
    {
        lock (gate)
        {
            while (!isOver && (!next.IsEmpty || waiting.TryDequeue(out next)))
            {
                int count = Socket.Send(next.Span, SocketFlags.None, out SocketError error);
                if (error is SocketError.WouldBlock or SocketError.TryAgain)
                {
                    return true;
                }

                if (error != SocketError.Success)
                {
                    isOver = true;
                    return false;
                }

                waitingBytes -= count;
                next = next[count..];
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Greeted() => Send(ZmtpBytes.Ready(server.SocketType, []));

    /// <inheritdoc/>
    public void Command(string name, ReadOnlySpan<byte> body)
    {
        switch (name)
        {
            case "READY" when Ready is null:
                Ready = ZmtpReady.Parse(body);
                server.Enter(this);
                break;
            case "ERROR":
                isOver = true;
                break;
            case "PING" when body.Length is >= sizeof(ushort) and <= MostPing && !IsBehind:
                Send(ZmtpBytes.CommandFrame("PONG", body[sizeof(ushort)..]));
                break;
            default:
                server.Obey(this, name, body);
                break;
        }
    }

    /// <inheritdoc/>
    public void Message(List<byte[]> frames)
    {
        if (Ready is null)
        {
            throw new ZmtpException("expected READY. Received: a message.");
        }

        server.Receive(this, frames);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            reader.Dispose();
            waiting.Clear();
            Socket.Dispose();
        }
    }
}
