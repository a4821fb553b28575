using System.Buffers.Binary;
using System.Text;

namespace ConvNetShell.Kernel.Wire.Zmtp;

/// <summary>What the other side says of its socket.</summary>
/// <param name="SocketType">Its type, as DEALER.</param>
/// <param name="Identity">The name it wants to be called by; empty for none.</param>
internal sealed record ZmtpReady(string SocketType, byte[] Identity)
{
    private const int MostIdentity = 255;

    /// <summary>Reads the body of a READY command.</summary>
    /// <exception cref="ZmtpException">It is none.</exception>
    public static ZmtpReady Parse(ReadOnlySpan<byte> body)
    {
        var ready = new ZmtpReady(string.Empty, []);
        while (!body.IsEmpty)
        {
            string name = Encoding.ASCII.GetString(Cut(ref body, Cut(ref body, 1)[0]));
            uint length = BinaryPrimitives.ReadUInt32BigEndian(Cut(ref body, sizeof(uint)));
            ReadOnlySpan<byte> value = Cut(ref body, length);
            if (name.Equals("Socket-Type", StringComparison.OrdinalIgnoreCase))
            {
                ready = ready with { SocketType = Encoding.ASCII.GetString(value) };
            }
            else if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase))
            {
                ready = ready with { Identity = value.ToArray() };
            }
        }

        return ready.Identity.Length <= MostIdentity
            ? ready
            : throw new ZmtpException($"expected an identity of at most {MostIdentity} bytes. Received: {ready.Identity.Length}.");
    }

    private static ReadOnlySpan<byte> Cut(ref ReadOnlySpan<byte> body, uint length)
    {
        if (length > body.Length)
        {
            throw new ZmtpException($"expected {length} more bytes in READY. Received: {body.Length}.");
        }

        ReadOnlySpan<byte> cut = body[..(int)length];
        body = body[(int)length..];
        return cut;
    }
}
