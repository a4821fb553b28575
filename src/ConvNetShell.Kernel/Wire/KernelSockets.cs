using System.Net.Sockets;
using ConvNetShell.Kernel.Wire.Zmtp;

namespace ConvNetShell.Kernel.Wire;

/// <summary>
/// The kernel's ports. A thread that sends, sends at once, so its outputs, replies and states leave in the order in which it said them.
/// </summary>
internal sealed class KernelSockets : IWire, IDisposable
{
    // Before a signature is checked anybody may send: these bound what all peers together can make the kernel hold.
    private static readonly ZmtpLimits Limits = new(MessageBytes: 32 << 20, MessageFrames: 1024, HeldBytes: 128 << 20);
    private readonly HeldBytes held = new(Limits.HeldBytes);
    private readonly Dictionary<Channel, RouterServer> routers = [];
    private readonly PublisherServer publisher;
    private readonly ManualResetEventSlim subscribed = new();
    private readonly Action<Channel, IReadOnlyList<byte[]>> received;
    private readonly Action<string> log;
    private readonly Heartbeat heartbeat;
    private readonly ZmtpLoop loop;

    /// <summary>Opens the ports; nothing is read before <see cref="Start"/>.</summary>
    /// <param name="connection">The addresses.</param>
    /// <param name="received">Called on the ports' thread with the frames of each message.</param>
    /// <param name="welcome">Called on the ports' thread with the topic of each new subscription to iopub.</param>
    /// <param name="log">Gets a line where something went wrong.</param>
    /// <exception cref="SocketException">A port cannot be had.</exception>
    public KernelSockets(
        ConnectionInfo connection,
        Action<Channel, IReadOnlyList<byte[]>> received,
        Action<byte[]> welcome,
        Action<string> log
    )
    {
        this.received = received;
        this.log = log;
        List<ZmtpServer> servers = [];
        try
        {
            foreach (
                (Channel channel, int port) in new[]
                {
                    (Channel.Shell, connection.ShellPort),
                    (Channel.Control, connection.ControlPort),
                    (Channel.Stdin, connection.StdinPort),
                }
            )
            {
                var router = new RouterServer(connection.EndPoint(port), Limits, held, (_, frames) => Receive(channel, frames));
                servers.Add(router);
                routers.Add(channel, router);
            }

            publisher = new PublisherServer(connection.EndPoint(connection.IopubPort), Limits, held, topic => Guard(() => Welcome(topic)));
            servers.Add(publisher);
            heartbeat = new Heartbeat(connection.EndPoint(connection.HeartbeatPort), log);
        }
        catch (SocketException)
        {
            servers.ForEach(server => server.Dispose());
            throw;
        }

        loop = new ZmtpLoop("ConvNetShell sockets", servers, log);

        void Welcome(byte[] topic)
        {
            subscribed.Set();
            welcome(topic);
        }
    }

    /// <summary>Begins to read.</summary>
    public void Start() => loop.Start();

    /// <inheritdoc/>
    public void Send(Channel channel, List<byte[]> frames)
    {
        if (channel == Channel.Iopub ? publisher.Send(frames) : routers[channel].Send(frames))
        {
            loop.Ring();
        }
    }

    /// <summary>Waits for a subscriber of iopub: earlier messages reach nobody.</summary>
    public bool WaitForSubscriber(TimeSpan patience) => subscribed.Wait(patience);

    /// <summary>Sends pending messages, then closes.</summary>
    public void Dispose()
    {
        heartbeat.Dispose();
        loop.Dispose();
        subscribed.Dispose();
    }

    private void Receive(Channel channel, IReadOnlyList<byte[]> frames) => Guard(() => this.received(channel, frames));

    // A handler that fails is no reason to close the connection of who sent the message.
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
