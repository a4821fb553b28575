using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>The bytes of an HDF5 file, which may be a part of another file. Addresses count from its first byte.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the HDF5 file begins in it.</param>
/// <param name="length">How many bytes it has.</param>
internal sealed class Hdf5Source(TensorFile file, long start, long length)
{
    /// <summary>The most bytes that are read for one structure: a header, a heap, a node.</summary>
    public const int MostBytes = 16 << 20;

    /// <summary>The most bytes of all structures of a file together, which bounds the time.</summary>
    private const long MostInAll = 256 << 20;

    private long left = MostInAll;

    /// <summary>Gets how many bytes there are.</summary>
    public long Length => length;

    /// <summary>Reads a structure.</summary>
    /// <param name="address">Where it begins.</param>
    /// <param name="count">Its bytes.</param>
    /// <exception cref="NetworkFileException">It is not within the file, or too large.</exception>
    public Hdf5Cursor Read(ulong address, ulong count)
    {
        if (count > MostBytes || (long)count > left)
        {
            throw Error("TooLarge", $"expected a structure of at most {MostBytes} bytes. Received: {count} bytes.", address);
        }
        Require(address, count);
        left -= (long)count + 1;
        return new Hdf5Cursor(this, file.Read(start + (long)address, (int)count), address);
    }

    /// <summary>Returns where bytes lie in the file.</summary>
    /// <param name="address">Where they begin here.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="NetworkFileException">They are not within the file.</exception>
    public long Locate(ulong address, ulong count)
    {
        Require(address, count);
        return start + (long)address;
    }

    /// <summary>Makes an error about bytes of the file.</summary>
    /// <param name="id">The last part of the identifier.</param>
    /// <param name="text">What was expected and received.</param>
    /// <param name="address">The byte at fault.</param>
    public NetworkFileException Error(string id, string text, ulong address) =>
        new("NetworkFile." + id, file.Path, text, start + (long)Math.Min(address, (ulong)length));

    private void Require(ulong address, ulong count)
    {
        if (address > (ulong)length || count > (ulong)length - address)
        {
            throw Error("Truncated", $"expected {count} bytes from byte {address} of the HDF5 file. Received: {length} in all.", address);
        }
    }
}
