using System.Net;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>
/// Takes messages of peers and sends to each by its identity, which stands before the frames of a message. A peer without an identity
/// gets one; a second peer with the identity of one that is connected is refused.
/// </summary>
internal sealed class RouterServer(
    IPEndPoint address,
    ZmtpLimits limits,
    HeldBytes held,
    Action<RouterServer, IReadOnlyList<byte[]>> received
) : ZmtpServer(address, limits, held, "DEALER", "REQ", "ROUTER")
{
    private readonly Dictionary<string, ZmtpPeer> peers = [];
    private readonly Dictionary<ZmtpPeer, byte[]> identities = [];
    private readonly Lock gate = new();
    private int unnamed;

    /// <inheritdoc/>
    public override string SocketType => "ROUTER";

    /// <summary>Sends a message; it is lost where the peer has gone.</summary>
    /// <param name="frames">The identity of the peer, then the frames.</param>
    /// <returns>Whether a rest waits.</returns>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        ZmtpPeer? peer;
        lock (gate)
        {
            peer = peers.GetValueOrDefault(Key(frames[0]));
        }

        return peer is not null && peer.Send(ZmtpBytes.Message([.. frames.Skip(1)]));
    }

    /// <summary>Returns whether bytes wait for a peer.</summary>
    public bool IsBehind(byte[] identity)
    {
        lock (gate)
        {
            return peers.GetValueOrDefault(Key(identity))?.IsBehind ?? false;
        }
    }

    /// <inheritdoc/>
    public override void Receive(ZmtpPeer peer, List<byte[]> frames) => received(this, [identities[peer], .. frames]);

    /// <inheritdoc/>
    protected override void Introduce(ZmtpPeer peer)
    {
        byte[] identity = peer.Ready!.Identity;
        if (identity.Length == 0)
        {
            // An identity that begins with 0 is the server's own, by the protocol.
            identity = [0, .. BitConverter.GetBytes(++unnamed)];
        }

        lock (gate)
        {
            if (!peers.TryAdd(Key(identity), peer))
            {
                throw new ZmtpException("expected an identity of its own. Received: that of a peer that is connected.");
            }
        }

        identities.Add(peer, identity);
    }

    /// <inheritdoc/>
    protected override void Leave(ZmtpPeer peer)
    {
        if (identities.Remove(peer, out byte[]? identity))
        {
            lock (gate)
            {
                peers.Remove(Key(identity));
            }
        }
    }

    private static string Key(byte[] identity) => Convert.ToHexString(identity);
}
