using System.Net.Sockets;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace ConvNetShell.Kernel.Tests.Wire;

/// <summary>Whatever comes by the wire, the kernel answers the next good request.</summary>
[Collection(OneAtATime.Name)]
public sealed class FuzzTests(KernelFixture kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(1, 25_000)]
    [InlineData(2, 25_000)]
    public void Frames_on_a_socket(int channel, int count)
    {
        var random = new Random(channel);
        var signer = new MessageSigner(kernel.Connection.Key);
        var format = new WireFormat(signer, "fuzz");
        using var client = new KernelClient(kernel.Connection);
        for (int i = 0; i < count; i++)
        {
            client.SendFrames((Channel)channel, FrameFuzz.Next(random, format, signer));
        }

        // The same client, so that the answer comes after all of that.
        client.Ask((Channel)channel == Channel.Stdin ? Channel.Shell : (Channel)channel, "kernel_info_request", [], Patience);
        AnswersAfter();
    }

    [Fact]
    public void Frames_on_the_heartbeat_and_on_iopub()
    {
        var random = new Random(5);
        using var heart = new DealerSocket($"tcp://{kernel.Connection.EndPoint(kernel.Connection.HeartbeatPort)}");
        using var listener = new XSubscriberSocket($"tcp://{kernel.Connection.EndPoint(kernel.Connection.IopubPort)}");
        var format = new WireFormat(new MessageSigner("wrong"), "fuzz");
        for (int i = 0; i < 20_000; i++)
        {
            heart.TrySendMultipartBytes(TimeSpan.FromSeconds(1), FrameFuzz.Next(random, format, new MessageSigner("wrong")).ToArray());
            listener.TrySendMultipartBytes(TimeSpan.FromSeconds(1), FrameFuzz.Next(random, format, new MessageSigner("wrong")).ToArray());
        }

        using var other = new RequestSocket($"tcp://{kernel.Connection.EndPoint(kernel.Connection.HeartbeatPort)}");
        other.SendFrame("ping");
        Assert.True(other.TryReceiveFrameString(Patience, out string? pong));
        Assert.Equal("ping", pong);
        AnswersAfter();
    }

    [Fact]
    public void Bytes_that_are_no_ZeroMQ_at_all()
    {
        var random = new Random(6);
        int[] ports =
        [
            kernel.Connection.ShellPort,
            kernel.Connection.ControlPort,
            kernel.Connection.StdinPort,
            kernel.Connection.IopubPort,
            kernel.Connection.HeartbeatPort,
        ];
        for (int i = 0; i < 500; i++)
        {
            using var socket = new TcpClient("127.0.0.1", ports[i % ports.Length]);
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (i % 3 == 0)
            {
                // The beginning of a good greeting, so that the rest meets the next stage.
                byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, (byte)'N', (byte)'U', (byte)'L', (byte)'L'];
                greeting.AsSpan(0, Math.Min(greeting.Length, bytes.Length)).CopyTo(bytes);
            }

            try
            {
                socket.GetStream().Write(bytes);
            }
            catch (IOException)
            {
                // It hung up on us, as it should.
            }
        }

        AnswersAfter();
    }

    private void AnswersAfter()
    {
        kernel.Client.Ask(Channel.Control, "kernel_info_request", [], Patience);
        kernel.Client.Ask(Channel.Shell, "kernel_info_request", [], Patience);
        Assert.Equal("42", kernel.Result("6 * 7"));
    }
}
