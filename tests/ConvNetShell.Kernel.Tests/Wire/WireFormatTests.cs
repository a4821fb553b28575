using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Wire;

public sealed class WireFormatTests
{
    private static readonly MessageSigner Signer = new("key");
    private readonly WireFormat format = new(Signer, "session");

    [Fact]
    public void What_is_written_is_read()
    {
        List<byte[]> frames = format.Write(
            [
                [1, 2],
                [3],
            ],
            "execute_request",
            null,
            new JsonObject { ["code"] = "'é \U0001F600'", ["silent"] = true }
        );

        WireMessage message = format.Read(Channel.Shell, frames, out string reason)!;

        Assert.Equal(string.Empty, reason);
        Assert.Equal("execute_request", message.Type);
        Assert.Equal("'é \U0001F600'", message.Text("code"));
        Assert.True(message.Flag("silent"));
        Assert.Equal(
            [
                [1, 2],
                [3],
            ],
            message.Identities
        );
    }

    [Fact]
    public void The_parent_header_goes_back_byte_for_byte()
    {
        byte[] header = "{ \"msg_id\" : \"x\", \"z\": 1.50 }"u8.ToArray();

        List<byte[]> frames = format.Write([], "status", header, []);

        Assert.Equal(header, frames[3]);
    }

    [Fact]
    public void A_message_that_comes_twice_is_a_replay()
    {
        List<byte[]> frames = format.Write([], "status", null, []);

        Assert.NotNull(format.Read(Channel.Shell, frames, out _));
        Assert.Null(format.Read(Channel.Shell, frames, out string reason));
        Assert.Contains("seen before", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused_since_it_would_go_out_again()
    {
        byte[][] parts =
        [
            [.. Utf8("{\"msg_type\":\"a\",\"msg_id\":\"b\",\"username\":\""), 0xFF, .. Utf8("\"}")],
            Utf8("{}"),
            Utf8("{}"),
            Utf8("{}"),
        ];

        Assert.Null(format.Read(Channel.Shell, [Utf8("<IDS|MSG>"), Signer.Sign(parts), .. parts], out string reason));
        Assert.Contains("not UTF-8", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}", "{}", "lacks msg_type")]
    [InlineData("{\"msg_type\":1,\"msg_id\":\"a\"}", "{}", "{}", "lacks msg_type")]
    [InlineData("[]", "{}", "{}", "must be JSON objects")]
    [InlineData("{\"msg_type\":\"a\",\"msg_id\":\"a\"}", "{}", "null", "must be JSON objects")]
    [InlineData("{\"msg_type\":\"a\",\"msg_id\":\"a\"}", "{", "{}", "malformed")]
    [InlineData("{\"msg_type\":\"a\",\"msg_id\":\"a\"}", "{}", "{\"a\":1,\"a\":2}", "malformed")]
    public void Signed_nonsense_is_refused_with_a_reason(string header, string metadata, string content, string expected)
    {
        byte[][] parts = [Utf8(header), Utf8("{}"), Utf8(metadata), Utf8(content)];

        Assert.Null(format.Read(Channel.Shell, [Utf8("<IDS|MSG>"), Signer.Sign(parts), .. parts], out string reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_JSON_is_refused()
    {
        byte[][] parts =
        [
            Utf8("{\"msg_type\":\"a\",\"msg_id\":\"a\"}"),
            Utf8("{}"),
            Utf8("{}"),
            Utf8("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}"),
        ];

        Assert.Null(format.Read(Channel.Shell, [Utf8("<IDS|MSG>"), Signer.Sign(parts), .. parts], out string reason));
        Assert.Contains("malformed", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_signatures_and_frame_counts_are_refused()
    {
        List<byte[]> frames = format.Write([], "status", null, []);
        for (int count = 0; count < frames.Count; count++)
        {
            Assert.Null(format.Read(Channel.Shell, [.. frames.Take(count)], out _));
        }

        frames[1] = Utf8(new string('0', 64));
        Assert.Null(format.Read(Channel.Shell, frames, out string reason));
        Assert.Contains("signature is wrong", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_does_not_stop_a_message() =>
        Assert.NotEmpty(format.Write([], "stream", null, new JsonObject { ["text"] = "a\ud800b" }));

    [Fact]
    public void Random_and_mutated_frames_are_read_or_refused_never_thrown()
    {
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            List<byte[]> frames = FrameFuzz.Next(random, format, Signer);
            refused += format.Read((Channel)random.Next(4), frames, out string reason) is null && reason.Length > 0 ? 1 : 0;
        }

        Assert.InRange(refused, 50_000, 99_999);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
