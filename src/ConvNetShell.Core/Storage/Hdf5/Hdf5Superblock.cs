using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Reads the first bytes of an HDF5 file.</summary>
internal static class Hdf5Superblock
{
    /// <summary>Gets the bytes that every HDF5 file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Returns the address of the root group.</summary>
    /// <param name="source">The file.</param>
    /// <exception cref="NetworkFileException">It is of another format or version.</exception>
    public static ulong Root(Hdf5Source source)
    {
        const int newer = 2,
            newest = 3;
        Hdf5Cursor start = source.Read(0, (ulong)Math.Min(128, source.Length));
        start.Expect(Signature, "the first bytes");
        int version = start.Byte();
        if (version > newest)
        {
            throw start.Error("Unsupported", "HDF5's layout 0 to 3", version);
        }
        start.Skip(version < newer ? 4 : 0);
        int offsets = start.Byte(),
            lengths = start.Byte();
        if (offsets != 8 || lengths != 8)
        {
            throw start.Error("Unsupported", "addresses and sizes of 8 bytes", $"{offsets} and {lengths}");
        }
        // the sizes of nodes and flags; in newer ones flags only
        start.Skip(
            version switch
            {
                0 => 9,
                1 => 13,
                _ => 1,
            }
        );
        ulong origin = start.Number(8);
        if (origin != 0)
        {
            throw start.Error("Unsupported", "addresses that count from the first byte", origin);
        }
        start.Skip(version < newer ? 24 + 8 : 16); // the end, other blocks, and the name of the root
        return start.Number(8);
    }
}
