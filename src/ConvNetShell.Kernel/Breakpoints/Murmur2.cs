using System.Buffers.Binary;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>MurmurHash2 with 32 bits (Appleby, 2008), by which front ends name the text of a cell.</summary>
internal static class Murmur2
{
    private const uint Factor = 0x5bd1e995;
    private const int Word = sizeof(uint),
        Mix = 24,
        FirstMix = 13,
        LastMix = 15,
        Byte = 8;

    /// <summary>Returns the hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">What it starts from.</param>
    public static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint hash = unchecked(seed ^ (uint)bytes.Length);
        for (; bytes.Length >= Word; bytes = bytes[Word..])
        {
            uint word = unchecked(BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Factor);
            word ^= word >> Mix;
            hash = unchecked((hash * Factor) ^ (word * Factor));
        }

        if (bytes.Length > 0)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                hash ^= (uint)bytes[i] << (Byte * i);
            }

            hash = unchecked(hash * Factor);
        }

        hash ^= hash >> FirstMix;
        hash = unchecked(hash * Factor);
        return hash ^ (hash >> LastMix);
    }
}
