using System.Collections.Concurrent;
using System.Net;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire.Zmtp;
using NetMQ;
using NetMQ.Sockets;

namespace ConvNetShell.Kernel.Tests.Wire.Zmtp;

/// <summary>The kernel's ports beside NetMQ's sockets, and with peers that break the rules.</summary>
[Collection(OneAtATime.Name)]
public sealed class ZmtpServerTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ZmtpLimits Limits = new(MessageBytes: 4 * Megabyte, MessageFrames: 100, HeldBytes: 8 * Megabyte)
    {
        Peers = 8,
        WaitingBytes = 2 * Megabyte,
        Introduction = TimeSpan.FromSeconds(1),
    };
    private readonly ConcurrentQueue<string> log = new();
    private readonly ConcurrentQueue<byte[]> topics = new();
    private readonly PublisherServer publisher;
    private readonly ZmtpLoop loop;
    private readonly int router,
        iopub;

    public ZmtpServerTests()
    {
        var held = new HeldBytes(Limits.HeldBytes);
        var echo = new RouterServer(new IPEndPoint(IPAddress.Loopback, 0), Limits, held, (server, frames) => server.Send(frames));
        publisher = new PublisherServer(new IPEndPoint(IPAddress.Loopback, 0), Limits, held, topics.Enqueue);
        router = ((IPEndPoint)echo.Listener.LocalEndPoint!).Port;
        iopub = ((IPEndPoint)publisher.Listener.LocalEndPoint!).Port;
        loop = new ZmtpLoop("test", [echo, publisher], log.Enqueue);
        loop.Start();
    }

    public void Dispose() => loop.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void Messages_of_any_size_come_back_whole(int frames)
    {
        var random = new Random(frames);
        using var dealer = new DealerSocket($"tcp://127.0.0.1:{router}");
        for (int i = 0; i < 50; i++)
        {
            byte[][] sent = [.. Enumerable.Range(0, frames).Select(_ => new byte[random.Next(2 * Megabyte / frames)])];
            Array.ForEach(sent, random.NextBytes);
            dealer.SendMultipartBytes(sent);

            List<byte[]> back = Receive(dealer);
            Assert.Equal(sent.Length, back.Count);
            Assert.All(sent.Zip(back), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        }
    }

    [Fact]
    public void Each_peer_gets_its_own_answers_and_one_that_left_may_come_again()
    {
        for (int round = 0; round < 3; round++)
        {
            DealerSocket[] dealers = [.. Enumerable.Range(0, 4).Select(_ => new DealerSocket())];
            foreach ((int i, DealerSocket dealer) in dealers.Index())
            {
                dealer.Options.Identity = [1, (byte)i];
                dealer.Connect($"tcp://127.0.0.1:{router}");
                dealer.SendMultipartBytes([(byte)i]);
            }

            foreach ((int i, DealerSocket dealer) in dealers.Index())
            {
                Assert.Equal([(byte)i], Assert.Single(Receive(dealer)));
                dealer.Dispose();
            }

            Thread.Sleep(100); // so that the ports learn that they have left
        }
    }

    [Fact]
    public void An_identity_that_is_in_use_is_refused()
    {
        using var first = new DealerSocket();
        first.Options.Identity = [1, 2];
        first.Connect($"tcp://127.0.0.1:{router}");
        first.SendMultipartBytes([7]);
        Receive(first);

        using RawPeer second = RawPeer.Introduced(router, identity: [1, 2]);

        second.AssertClosed();
        first.SendMultipartBytes([8]);
        Assert.Equal([8], Assert.Single(Receive(first)));
        Assert.Contains(log, line => line.Contains("identity", StringComparison.Ordinal));
    }

    [Fact]
    public void Subscribers_get_the_topics_they_asked_for()
    {
        using var all = new SubscriberSocket($"tcp://127.0.0.1:{iopub}");
        using var some = new SubscriberSocket($"tcp://127.0.0.1:{iopub}");
        all.SubscribeToAnyTopic();
        some.Subscribe("stream");
        some.Subscribe("status");
        some.Unsubscribe("status");
        AwaitTopics(3);
        Thread.Sleep(200); // for what is no subscription nobody is called

        publisher.Send(["status"u8.ToArray(), [1]]);
        publisher.Send(["stream.1"u8.ToArray(), [2]]);

        Assert.Equal(
            [
                [1],
                [2],
            ],
            [Receive(all)[1], Receive(all)[1]]
        );
        Assert.Equal([2], Receive(some)[1]);
    }

    [Fact]
    public void A_subscriber_that_does_not_read_is_dropped_and_the_others_get_everything()
    {
        using RawPeer deaf = RawPeer.Introduced(iopub, "SUB");
        deaf.Write(
            ZmtpBytes.Message([
                [1],
            ])
        );
        using var good = new SubscriberSocket();
        good.Options.ReceiveHighWatermark = 0;
        good.Connect($"tcp://127.0.0.1:{iopub}");
        good.SubscribeToAnyTopic();
        AwaitTopics(2);
        byte[] large = new byte[Megabyte];
        for (int i = 0; i < 40; i++)
        {
            if (
                publisher.Send([
                    [(byte)i],
                    large,
                ])
            )
            {
                loop.Ring();
            }

            Assert.Equal((byte)i, Receive(good)[0][0]);
        }

        deaf.AssertClosed();
    }

    [Fact]
    public void A_message_without_an_end_is_cut_off()
    {
        using RawPeer peer = RawPeer.Introduced(router);
        byte[] frame = [.. RawPeer.Head(ZmtpBytes.More, Megabyte), .. new byte[Megabyte]];
        int sent = 0;
        while (sent < 100 && peer.Write(frame))
        {
            sent++;
        }

        Assert.InRange(sent, 3, 60);
        AnswersAfter();
        Assert.Contains(log, line => line.Contains("at most", StringComparison.Ordinal));
    }

    [Fact]
    public void All_peers_together_are_bounded()
    {
        RawPeer[] peers = [.. Enumerable.Range(0, 4).Select(_ => RawPeer.Introduced(router))];
        byte[] part = [.. RawPeer.Head(ZmtpBytes.More, 3 * Megabyte), .. new byte[3 * Megabyte]];
        foreach (RawPeer peer in peers)
        {
            peer.Write(part);
        }

        AnswersAfter();
        Assert.Contains(log, line => line.Contains("of all peers together", StringComparison.Ordinal));
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Fact]
    public void A_peer_that_says_nothing_is_dropped_after_a_while()
    {
        RawPeer[] peers = [.. Enumerable.Range(0, Limits.Peers).Select(_ => new RawPeer(router))];
        using var tooMany = new RawPeer(router);

        tooMany.AssertClosed();
        Array.ForEach(peers, peer => peer.AssertClosed());
        AnswersAfter();
    }

    [Fact]
    public void A_socket_that_does_not_fit_is_refused()
    {
        using RawPeer peer = RawPeer.Introduced(router, "SUB");
        using RawPeer other = RawPeer.Introduced(iopub, "DEALER");

        peer.AssertClosed();
        other.AssertClosed();
    }

    private static List<byte[]> Receive(NetMQSocket socket)
    {
        List<byte[]> frames = [];
        Assert.True(socket.TryReceiveMultipartBytes(Patience, ref frames!), "nothing came");
        return frames;
    }

    private void AwaitTopics(int count) => Assert.True(SpinWait.SpinUntil(() => topics.Count >= count, Patience));

    private void AnswersAfter()
    {
        using var dealer = new DealerSocket($"tcp://127.0.0.1:{router}");
        dealer.SendMultipartBytes([42]);
        Assert.Equal([42], Assert.Single(Receive(dealer)));
    }
}
