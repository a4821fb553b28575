using System.Net;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>Sends each message to the peers that have subscribed to a beginning of its first frame.</summary>
/// <param name="address">The address and the port.</param>
/// <param name="limits">What peers may make this side hold.</param>
/// <param name="held">The unfinished messages of all servers.</param>
/// <param name="subscribed">Called with the topic of each subscription, on the thread of the loop.</param>
internal sealed class PublisherServer(IPEndPoint address, ZmtpLimits limits, HeldBytes held, Action<byte[]> subscribed)
    : ZmtpServer(address, limits, held, "SUB", "XSUB")
{
    private const byte Subscribe = 1,
        Cancel = 0;
    private const int MostSubscriptions = 1000;
    private readonly Dictionary<ZmtpPeer, List<byte[]>> topics = [];
    private readonly Dictionary<ZmtpPeer, int> counts = [];
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public override string SocketType => "XPUB";

    /// <summary>Sends a message to all who want it.</summary>
    /// <returns>Whether a rest waits for one of them.</returns>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        byte[] bytes = ZmtpBytes.Message(frames);
        bool isBehind = false;
        lock (gate)
        {
            foreach ((ZmtpPeer peer, List<byte[]> wanted) in topics)
            {
                if (wanted.Exists(topic => frames[0].AsSpan().StartsWith(topic)))
                {
                    isBehind |= peer.Send(bytes);
                }
            }
        }

        return isBehind;
    }

    /// <inheritdoc/>
    public override void Receive(ZmtpPeer peer, List<byte[]> frames)
    {
        if (frames is [[Subscribe, .. var topic]])
        {
            Add(peer, topic);
        }
        else if (frames is [[Cancel, .. var former]])
        {
            Remove(peer, former);
        }
    }

    /// <inheritdoc/>
    public override void Obey(ZmtpPeer peer, string name, ReadOnlySpan<byte> body)
    {
        // Version 3.1 of the protocol has commands for what are messages in 3.0.
        if (name == "SUBSCRIBE")
        {
            Add(peer, body.ToArray());
        }
        else if (name == "CANCEL")
        {
            Remove(peer, body.ToArray());
        }
    }

    /// <inheritdoc/>
    protected override void Introduce(ZmtpPeer peer)
    {
        lock (gate)
        {
            topics.Add(peer, []);
        }
    }

    /// <inheritdoc/>
    protected override void Leave(ZmtpPeer peer)
    {
        lock (gate)
        {
            topics.Remove(peer);
        }

        counts.Remove(peer);
    }

    private void Add(ZmtpPeer peer, byte[] topic)
    {
        if ((counts[peer] = counts.GetValueOrDefault(peer) + 1) > MostSubscriptions)
        {
            throw new ZmtpException($"expected at most {MostSubscriptions} subscriptions on a connection. Received: more.");
        }

        lock (gate)
        {
            topics[peer].Add(topic);
        }

        subscribed(topic);
    }

    private void Remove(ZmtpPeer peer, byte[] topic)
    {
        lock (gate)
        {
            int index = topics[peer].FindIndex(each => each.AsSpan().SequenceEqual(topic));
            if (index >= 0)
            {
                topics[peer].RemoveAt(index);
            }
        }
    }
}
