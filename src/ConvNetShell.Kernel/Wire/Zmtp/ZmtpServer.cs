using System.Net;
using System.Net.Sockets;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>A port that peers connect to.</summary>
internal abstract class ZmtpServer : IDisposable
{
    private readonly ZmtpLimits limits;
    private readonly HeldBytes held;
    private readonly string[] partners;

    /// <summary>Opens the port.</summary>
    /// <param name="address">The address and the port.</param>
    /// <param name="limits">What peers may make this side hold.</param>
    /// <param name="held">The unfinished messages that the servers of a kernel count together.</param>
    /// <param name="partners">The types of sockets that may connect.</param>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    protected ZmtpServer(IPEndPoint address, ZmtpLimits limits, HeldBytes held, params string[] partners)
    {
        (this.limits, this.held, this.partners) = (limits, held, partners);
        Listener = new Socket(address.AddressFamily, System.Net.Sockets.SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Listener.Bind(address);
            Listener.Listen();
            Listener.Blocking = false;
        }
        catch (SocketException)
        {
            Listener.Dispose();
            throw;
        }
    }

    /// <summary>Gets the type of this side's socket, as ROUTER.</summary>
    public abstract string SocketType { get; }

    /// <summary>Gets the socket that listens.</summary>
    public Socket Listener { get; }

    /// <summary>Gets the peers; only the thread of the loop asks.</summary>
    public List<ZmtpPeer> Peers { get; } = [];

    /// <summary>Takes a connection that waits; beyond the most it is closed at once.</summary>
    public void Accept()
    {
        Socket socket;
        try
        {
            socket = Listener.Accept();
        }
        catch (SocketException)
        {
            return; // The other side has already gone.
        }

        if (Peers.Count == limits.Peers)
        {
            socket.Dispose();
        }
        else
        {
            Peers.Add(new ZmtpPeer(socket, this, limits, held));
        }
    }

    /// <summary>Drops the peers that are gone, or have not introduced themselves in time.</summary>
    public void Sweep()
    {
        long latest = Environment.TickCount64 - (long)limits.Introduction.TotalMilliseconds;
        for (int i = Peers.Count - 1; i >= 0; i--)
        {
            ZmtpPeer peer = Peers[i];
            if (peer.IsOver || (peer.Ready is null && peer.Since < latest))
            {
                Drop(peer);
            }
        }
    }

    /// <summary>Closes the connection of a peer.</summary>
    public void Drop(ZmtpPeer peer)
    {
        Peers.Remove(peer);
        Leave(peer);
        peer.Dispose();
    }

    /// <summary>A peer has introduced itself.</summary>
    /// <exception cref="ZmtpException">Its socket does not fit this one.</exception>
    public void Enter(ZmtpPeer peer)
    {
        if (!partners.Contains(peer.Ready!.SocketType))
        {
            throw new ZmtpException($"expected a socket {string.Join(" or ", partners)}. Received: {peer.Ready.SocketType}.");
        }

        Introduce(peer);
    }

    /// <summary>A message has come.</summary>
    public abstract void Receive(ZmtpPeer peer, List<byte[]> frames);

    /// <summary>A command has come that is not about the connection; by itself a server knows none.</summary>
    public virtual void Obey(ZmtpPeer peer, string name, ReadOnlySpan<byte> body) { }

    /// <inheritdoc/>
    public void Dispose()
    {
        Listener.Dispose();
        Peers.ForEach(peer => peer.Dispose());
    }

    /// <summary>Notes a peer whose socket fits.</summary>
    protected abstract void Introduce(ZmtpPeer peer);

    /// <summary>Forgets a peer.</summary>
    protected abstract void Leave(ZmtpPeer peer);
}
