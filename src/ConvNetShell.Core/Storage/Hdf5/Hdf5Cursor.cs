using System.Buffers.Binary;
using System.Text;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Goes through the bytes of a structure; every step is checked against its end.</summary>
/// <param name="source">The file, for errors.</param>
/// <param name="bytes">The bytes.</param>
/// <param name="address">Where they begin in the file.</param>
internal sealed class Hdf5Cursor(Hdf5Source source, ReadOnlyMemory<byte> bytes, ulong address)
{
    private int at;

    /// <summary>Gets the address of the next byte.</summary>
    public ulong Address => address + (ulong)at;

    /// <summary>Gets the number of bytes left.</summary>
    public int Left => bytes.Length - at;

    /// <summary>Reads an integer of 1, 2, 4 or 8 bytes.</summary>
    public ulong Number(int size)
    {
        ReadOnlySpan<byte> next = Bytes(size);
        return size switch
        {
            1 => next[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(next),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(next),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(next),
        };
    }

    /// <summary>Reads a byte.</summary>
    public int Byte() => Bytes(1)[0];

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count) => Take(count).Span;

    /// <summary>Passes over bytes.</summary>
    public void Skip(int count) => _ = Take(count);

    /// <summary>Returns a cursor over the next bytes and passes over them.</summary>
    public Hdf5Cursor Part(int count)
    {
        ulong begin = Address;
        return new Hdf5Cursor(source, Take(count), begin);
    }

    /// <summary>Passes where the next bytes are a signature or version.</summary>
    public void Expect(ReadOnlySpan<byte> signature, string what)
    {
        ulong begin = Address;
        if (!Bytes(signature.Length).SequenceEqual(signature))
        {
            throw source.Error("Damaged", $"expected {what} of an HDF5 file. Received: other bytes.", begin);
        }
    }

    /// <summary>Reads a text that ends at a zero byte or at the end.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> rest = bytes.Span[at..];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(Bytes(end < 0 ? rest.Length : end));
    }

    /// <summary>Returns a cursor over the same bytes from a distance to their start.</summary>
    public Hdf5Cursor From(ulong offset)
    {
        if (offset > (ulong)bytes.Length)
        {
            throw Error("Damaged", $"a position within {bytes.Length} bytes", offset);
        }
        return new Hdf5Cursor(source, bytes[(int)offset..], address + offset);
    }

    /// <summary>Makes an error at the next byte.</summary>
    public NetworkFileException Error(string id, string expected, object received) =>
        source.Error(id, $"expected {expected}. Received: {received}.", Address);

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw Error("Damaged", $"{count} bytes of an HDF5 structure", $"{Left}");
        }
        ReadOnlyMemory<byte> taken = bytes.Slice(at, count);
        at += count;
        return taken;
    }
}
