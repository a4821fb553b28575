using System.Text;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Wire;

public sealed class MessageSignerTests
{
    [Fact]
    public void It_signs_as_the_protocol_says()
    {
        // Python: hmac.new(b'key', b'{"a":1}{}{}{"b":2}', 'sha256').hexdigest()
        byte[] signature = new MessageSigner("key").Sign(
            "{\"a\":1}"u8.ToArray(),
            "{}"u8.ToArray(),
            "{}"u8.ToArray(),
            "{\"b\":2}"u8.ToArray()
        );

        Assert.Equal("0206f42f4ae2a48f6054ab91271f90c100f7022f55fb1f23de6377624d533752", Encoding.ASCII.GetString(signature));
    }

    [Fact]
    public void A_byte_more_less_or_else_is_found()
    {
        var signer = new MessageSigner("key");
        byte[] part = "{}"u8.ToArray(),
            signature = signer.Sign(part);

        Assert.True(signer.Verify(signature, part));
        Assert.False(signer.Verify(signature, "{ }"u8.ToArray()));
        Assert.False(signer.Verify(signature[..^1], part));
        Assert.False(signer.Verify([], part));
        Assert.False(new MessageSigner("other").Verify(signature, part));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed()
    {
        var signer = new MessageSigner(string.Empty);

        Assert.Empty(signer.Sign("{}"u8.ToArray()));
        Assert.True(signer.Verify("anything"u8, "{}"u8.ToArray()));
    }
}
