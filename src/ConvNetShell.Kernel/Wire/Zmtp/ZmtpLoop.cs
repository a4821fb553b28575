using System.Net;
using System.Net.Sockets;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>One thread that serves the ports: it accepts, reads, and sends what could not be sent at once.</summary>
internal sealed class ZmtpLoop : IDisposable
{
    private const int BufferBytes = 1 << 16,
        SweepMilliseconds = 1000;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<ZmtpServer> servers;
    private readonly Action<string> log;
    private readonly Socket bell;
    private readonly Thread thread;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int isRung;
    private volatile bool isEnding;

    /// <summary>Prepares a loop; nothing is accepted before <see cref="Start"/>.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="servers">The ports; the loop disposes of them.</param>
    /// <param name="log">Gets a line where a peer is dropped or a handler fails.</param>
    public ZmtpLoop(string name, IReadOnlyList<ZmtpServer> servers, Action<string> log)
    {
        (this.servers, this.log) = (servers, log);
        // Connected with itself: only its own datagrams ring it.
        bell = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        bell.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        bell.Connect(bell.LocalEndPoint!);
        bell.Blocking = false;
        thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Begins to serve.</summary>
    public void Start() => thread.Start();

    /// <summary>Makes the loop look again at what waits to be sent. Any thread may call.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref isRung, 1) == 0)
        {
            bell.Send([1], SocketFlags.None, out _); // A full bell has rung already.
        }
    }

    /// <summary>Ends the thread, sends what waits as far as peers take it within a second, and closes the ports.</summary>
    public void Dispose()
    {
        isEnding = true;
        Ring();
        if (thread.IsAlive)
        {
            thread.Join();
        }

        long end = Environment.TickCount64 + (long)Linger.TotalMilliseconds;
        List<Socket> late;
        while ((late = Late()).Count > 0 && Environment.TickCount64 < end)
        {
            Socket.Select(null, late, null, TimeSpan.FromMilliseconds(50));
        }

        foreach (ZmtpServer server in servers)
        {
            server.Dispose();
        }

        bell.Dispose();
    }

    private List<Socket> Late() =>
        [.. servers.SelectMany(server => server.Peers).Where(peer => !peer.IsOver && peer.Flush()).Select(peer => peer.Socket)];

    private void Run()
    {
        var readable = new List<Socket>();
        var writable = new List<Socket>();
        while (!isEnding)
        {
            readable.Clear();
            writable.Clear();
            readable.Add(bell);
            foreach (ZmtpServer server in servers)
            {
                server.Sweep();
                readable.Add(server.Listener);
                readable.AddRange(server.Peers.Select(peer => peer.Socket));
                writable.AddRange(server.Peers.Where(peer => peer.IsBehind).Select(peer => peer.Socket));
            }

            Socket.Select(readable, writable, null, TimeSpan.FromMilliseconds(SweepMilliseconds));
            if (readable.Contains(bell))
            {
                Silence();
            }

            foreach (ZmtpServer server in servers)
            {
                Serve(server, readable, writable);
            }
        }
    }

    private void Serve(ZmtpServer server, List<Socket> readable, List<Socket> writable)
    {
        foreach (ZmtpPeer peer in server.Peers.ToArray())
        {
            if (writable.Contains(peer.Socket))
            {
                peer.Flush();
            }

            if (readable.Contains(peer.Socket))
            {
                Read(server, peer);
            }
        }

        if (readable.Contains(server.Listener))
        {
            server.Accept();
        }
    }

    // An error that left here would end the thread, and the kernel with it.
    private void Read(ZmtpServer server, ZmtpPeer peer)
    {
        try
        {
            peer.Read(buffer);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            log($"{server.SocketType}: a connection was closed: {error.Message}");
            server.Drop(peer);
        }
    }

    // Emptied before it counts as silent: who rings in between has said already what there is to send.
    private void Silence()
    {
        bell.Receive(buffer, SocketFlags.None, out _);
        Volatile.Write(ref isRung, 0);
    }
}
