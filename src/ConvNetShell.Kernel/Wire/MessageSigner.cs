using System.Security.Cryptography;
using System.Text;

namespace ConvNetShell.Kernel.Wire;

/// <summary>
/// Signs messages with HMAC-SHA256 and checks signatures on the raw bytes, in constant time; an empty key switches signing off.
/// </summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    /// <summary>True where messages are signed.</summary>
    public bool IsOn => this.key.Length > 0;

    /// <summary>The signature of header, parent header, metadata and content, as hexadecimal ASCII.</summary>
    public byte[] Sign(params ReadOnlySpan<byte[]> parts)
    {
        if (!IsOn)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, this.key);
        foreach (byte[] part in parts)
        {
            hash.AppendData(part);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether a signature fits.</summary>
    public bool Verify(ReadOnlySpan<byte> signature, params ReadOnlySpan<byte[]> parts) =>
        !IsOn || CryptographicOperations.FixedTimeEquals(signature, Sign(parts));
}
