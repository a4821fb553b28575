using ConvNetShell.Kernel.Wire.Zmtp;

namespace ConvNetShell.Kernel.Tests.Wire.Zmtp;

/// <summary>The bytes of a connection, in pieces of any size and with any fault.</summary>
public sealed class ZmtpReaderTests
{
    private static readonly ZmtpLimits Limits = new(MessageBytes: 100_000, MessageFrames: 8, HeldBytes: 150_000);

    [Fact]
    public void The_pieces_in_which_bytes_come_make_no_difference()
    {
        var random = new Random(1);
        List<byte[][]> sent = [.. Enumerable.Range(0, 50).Select(_ => Frames(random))];
        byte[] bytes =
        [
            .. ZmtpBytes.Greeting(),
            .. ZmtpBytes.Ready("DEALER", [1, 2, 3]),
            .. sent.SelectMany(frames => ZmtpBytes.Message(frames)),
        ];
        foreach (int most in new[] { 1, 2, 7, 1000, bytes.Length })
        {
            var seen = new Seen();
            using var reader = new ZmtpReader(seen, Limits, new HeldBytes(Limits.HeldBytes));
            int at = 0;
            while (at < bytes.Length)
            {
                int count = Math.Min(random.Next(1, most + 1), bytes.Length - at);
                reader.Read(bytes.AsSpan(at, count));
                at += count;
            }

            Assert.Equal(["greeting", "READY"], seen.Signs);
            Assert.Equal(sent, seen.Messages);
            Assert.Equal([1, 2, 3], ZmtpReady.Parse(seen.Body).Identity);
        }
    }

    [Fact]
    public void Changed_bytes_give_messages_or_an_error_and_hold_nothing_back()
    {
        var random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. ZmtpBytes.Greeting(), .. ZmtpBytes.Ready("DEALER", [1]), .. ZmtpBytes.Message(Frames(random))];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(random.Next(2) == 0 ? bytes.Length : Math.Min(bytes.Length, 100))] = (byte)random.Next(256);
            }

            var held = new HeldBytes(Limits.HeldBytes);
            var seen = new Seen();
            using (var reader = new ZmtpReader(seen, Limits, held))
            {
                try
                {
                    reader.Read(bytes);
                    _ = ZmtpReady.Parse(seen.Body);
                }
                catch (ZmtpException)
                {
                    refused++;
                }
            }

            held.Take((int)Limits.HeldBytes); // All of it is free again, or this throws.
        }

        Assert.InRange(refused, 2_000, 19_000);
    }

    [Theory]
    [InlineData(2, 0x7FFF_FFFF_FFFF_FFFF, "at most 100000 bytes")]
    [InlineData(2, 0xFFFF_FFFF_FFFF_FFFF, "at most 100000 bytes")]
    [InlineData(2, 100_001, "at most 100000 bytes")]
    [InlineData(8, 1, "flags of a frame")]
    [InlineData(4, 0, "name of a command")]
    public void A_frame_that_breaks_a_limit_is_refused_by_its_head(byte flags, ulong length, string words)
    {
        using var reader = new ZmtpReader(new Seen(), Limits, new HeldBytes(Limits.HeldBytes));
        reader.Read(ZmtpBytes.Greeting());

        ZmtpException error = Assert.Throws<ZmtpException>(() => reader.Read(RawPeer.Head(flags, length)));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_a_message_are_counted()
    {
        using var reader = new ZmtpReader(new Seen(), Limits, new HeldBytes(Limits.HeldBytes));
        reader.Read(ZmtpBytes.Greeting());
        for (int i = 0; i < Limits.MessageFrames; i++)
        {
            reader.Read([ZmtpBytes.More, 1, 7]);
        }

        Assert.Throws<ZmtpException>(() => reader.Read([ZmtpBytes.More, 1, 7]));
    }

    [Fact]
    public void A_length_takes_memory_only_for_bytes_that_came()
    {
        var held = new HeldBytes(10_000);
        using var reader = new ZmtpReader(new Seen(), Limits, held);
        reader.Read(ZmtpBytes.Greeting());
        reader.Read(RawPeer.Head(0, 100_000));

        reader.Read(new byte[4_000]);
        Assert.Throws<ZmtpException>(() => reader.Read(new byte[8_000]));
    }

    [Theory]
    [InlineData(0, 0x47)] // G of GET
    [InlineData(9, 0)]
    [InlineData(10, 2)]
    [InlineData(12, (byte)'P')]
    public void A_greeting_that_is_another_protocol_is_refused(int at, byte value)
    {
        byte[] greeting = ZmtpBytes.Greeting();
        greeting[at] = value;
        using var reader = new ZmtpReader(new Seen(), Limits, new HeldBytes(Limits.HeldBytes));

        Assert.Throws<ZmtpException>(() => reader.Read(greeting));
    }

    private static byte[][] Frames(Random random)
    {
        byte[][] frames =
        [
            .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new byte[random.Next(3) == 0 ? random.Next(9000) : random.Next(4)]),
        ];
        Array.ForEach(frames, random.NextBytes);
        return frames;
    }

    private sealed class Seen : IZmtpHandler
    {
        public List<string> Signs { get; } = [];

        public byte[] Body { get; private set; } = [];

        public List<byte[][]> Messages { get; } = [];

        public void Greeted() => Signs.Add("greeting");

        public void Command(string name, ReadOnlySpan<byte> body)
        {
            Signs.Add(name);
            Body = body.ToArray();
        }

        public void Message(List<byte[]> frames) => Messages.Add([.. frames]);
    }
}
