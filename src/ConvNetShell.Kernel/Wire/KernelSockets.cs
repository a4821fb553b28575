using NetMQ;
using NetMQ.Sockets;

namespace ConvNetShell.Kernel.Wire;

/// <summary>
/// The kernel's sockets. One thread polls them all and sends the messages of one queue, so that
/// outputs, replies and states arrive in the order in which they were said.
/// </summary>
internal sealed class KernelSockets : IWire, IDisposable
{
    // Before a signature is checked anybody may send: these bound what a peer can make the kernel hold.
    private const int MostBytes = 32 << 20,
        MostWaiting = 16;
    private const int MostAtOnce = 200;
    private const byte Subscription = 1;

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private readonly NetMQPoller poller = [];
    private readonly NetMQQueue<(Channel Channel, List<byte[]> Frames)> outgoing = new();
    private readonly Dictionary<Channel, NetMQSocket> sockets = [];
    private readonly ManualResetEventSlim subscribed = new();
    private readonly Action<Channel, IReadOnlyList<byte[]>> received;
    private readonly Action<byte[]> welcome;
    private readonly Action<string> log;
    private readonly Heartbeat heartbeat;

    /// <summary>Binds the sockets; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="connection">The addresses.</param>
    /// <param name="received">Called on the polling thread with the frames of each message.</param>
    /// <param name="welcome">Called on the polling thread with the topic of each new subscription to iopub.</param>
    /// <param name="log">Gets a line where something went wrong.</param>
    public KernelSockets(
        ConnectionInfo connection,
        Action<Channel, IReadOnlyList<byte[]>> received,
        Action<byte[]> welcome,
        Action<string> log
    )
    {
        this.received = received;
        this.welcome = welcome;
        this.log = log;
        Add(Channel.Shell, new RouterSocket(), connection.Address(connection.ShellPort));
        Add(Channel.Control, new RouterSocket(), connection.Address(connection.ControlPort));
        Add(Channel.Stdin, new RouterSocket(), connection.Address(connection.StdinPort));
        Add(Channel.Iopub, new XPublisherSocket(), connection.Address(connection.IopubPort));
        this.sockets[Channel.Iopub].Options.XPubVerbose = true;
        outgoing.ReceiveReady += (_, _) => Guard(SendWaiting);
        poller.Add(outgoing);
        heartbeat = new Heartbeat(connection.Address(connection.HeartbeatPort));
    }

    /// <summary>Begins to read and to send.</summary>
    public void Start() => poller.RunAsync("ConvNetShell sockets", isBackgroundThread: true);

    /// <inheritdoc/>
    public void Send(Channel channel, List<byte[]> frames)
    {
        try
        {
            outgoing.Enqueue((channel, frames));
        }
        catch (ObjectDisposedException)
        {
            // The kernel has ended; a cell's thread still sent a message.
        }
    }

    /// <summary>Waits for a subscriber of iopub: earlier messages reach nobody.</summary>
    public bool WaitForSubscriber(TimeSpan patience) => subscribed.Wait(patience);

    /// <summary>Sends pending messages, then closes.</summary>
    public void Dispose()
    {
        heartbeat.Dispose();
        if (poller.IsRunning)
        {
            poller.Stop();
        }

        Guard(SendWaiting);
        poller.Dispose();
        outgoing.Dispose();
        foreach (NetMQSocket socket in this.sockets.Values)
        {
            socket.Dispose();
        }

        subscribed.Dispose();
    }

    private void Add(Channel channel, NetMQSocket socket, string address)
    {
        // A full queue would drop a front end's outputs without a word; a full one of requests only makes the sender wait.
        socket.Options.SendHighWatermark = 0;
        socket.Options.ReceiveHighWatermark = MostWaiting;
        socket.Options.MaxMsgSize = MostBytes;
        socket.Options.Linger = Linger;
        socket.Options.IPv4Only = !address.Contains('[');
        socket.Bind(address);
        socket.ReceiveReady += (_, _) => Guard(() => Receive(channel, socket));
        this.sockets.Add(channel, socket);
        poller.Add(socket);
    }

    private void Receive(Channel channel, NetMQSocket socket)
    {
        for (int i = 0; i < MostAtOnce; i++)
        {
            NetMQMessage? message = null;
            if (!socket.TryReceiveMultipartMessage(ref message))
            {
                return;
            }

            if (channel != Channel.Iopub)
            {
                this.received(channel, [.. message.Select(frame => frame.ToByteArray())]);
            }
            else if (message.FrameCount == 1 && message.First.ToByteArray() is [Subscription, .. var topic])
            {
                subscribed.Set();
                this.welcome(topic);
            }
        }
    }

    private void SendWaiting()
    {
        while (outgoing.TryDequeue(out (Channel Channel, List<byte[]> Frames) next, TimeSpan.Zero))
        {
            this.sockets[next.Channel].SendMultipartBytes(next.Frames);
        }
    }

    // An error that left a handler would end the polling thread, and the kernel with it.
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            this.log($"sockets: {error.Message}");
        }
    }
}
