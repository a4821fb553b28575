using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>An array as NumPy's .npy has it. Its items are in C order (the last dimension is the first to move), little-endian.</summary>
/// <param name="Path">What errors call it.</param>
/// <param name="Kind">b, i, u, f or U.</param>
/// <param name="ItemSize">The bytes of one item.</param>
/// <param name="Sizes">The size of each dimension.</param>
/// <param name="Data">The items.</param>
internal sealed record NpyArray(string Path, char Kind, int ItemSize, int[] Sizes, byte[] Data)
{
    private const int Step = 32 << 20;

    /// <summary>Gets the number of items.</summary>
    public int Count => Data.Length / ItemSize;

    /// <summary>Reads a .npy file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">It is no such file, has objects, or is cut short.</exception>
    public static NpyArray Read(string path) =>
        DataFile.Guard(
            path,
            () =>
            {
                using FileStream file = DataFile.Open(path);
                return Read(file, path, file.Length);
            }
        );

    /// <summary>Reads an array from a stream to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="path">What errors call it.</param>
    /// <param name="length">The most bytes that the stream can have.</param>
    public static NpyArray Read(Stream stream, string path, long length)
    {
        var header = NpyHeader.Read(stream, path);
        if (header.Bytes > length - header.Length)
        {
            throw new DataFormatException(
                "Data.Truncated",
                path,
                FormattableString.Invariant(
                    $"expected {header.Bytes} bytes from byte {header.Length} on. Received: {length - header.Length} at most."
                )
            );
        }
        byte[] data = ReadGrowing(stream, header.Bytes);
        if (stream.ReadByte() >= 0)
        {
            throw new DataFormatException(
                "Data.WrongLength",
                path,
                FormattableString.Invariant($"expected the end at byte {header.Length + header.Bytes}. Received: more bytes.")
            );
        }
        if (header.IsBigEndian)
        {
            int unit = header.Kind == 'U' ? sizeof(uint) : header.ItemSize;
            for (int i = 0; i < data.Length; i += unit)
            {
                data.AsSpan(i, unit).Reverse();
            }
        }
        return new NpyArray(
            path,
            header.Kind,
            header.ItemSize,
            header.Sizes,
            header.IsFortran ? ToCOrder(data, header.Sizes, header.ItemSize) : data
        );
    }

    /// <summary>Returns an item as a number.</summary>
    /// <param name="index">The item, from 0.</param>
    public double Number(int index)
    {
        ReadOnlySpan<byte> item = Data.AsSpan(index * ItemSize, ItemSize);
        return (Kind, ItemSize) switch
        {
            ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(item),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(item),
            ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(item),
            ('i', 1) => (sbyte)item[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(item),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(item),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(item),
            ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(item),
            ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(item),
            ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(item),
            ('U', _) => throw new DataFormatException("Data.WrongType", Path, "expected numbers. Received: text."),
            _ => item[0],
        };
    }

    /// <summary>Returns an item as text: letters of a text, or the digits of a number.</summary>
    /// <param name="index">The item, from 0.</param>
    public string Text(int index) =>
        Kind == 'U'
            ? Encoding.UTF32.GetString(Data, index * ItemSize, ItemSize).TrimEnd('\0')
            : Number(index).ToString(CultureInfo.InvariantCulture);

    /// <summary>Says the sizes.</summary>
    /// <returns>For example <c>60000x28x28</c>.</returns>
    public string SizesText() => Sizes.Length == 0 ? "one number" : IdxFile.Text(Sizes);

    /// <summary>Reads in growing steps: a header may declare any length, and memory is spent only on bytes that really come.</summary>
    private static byte[] ReadGrowing(Stream stream, long length)
    {
        var bytes = new byte[(int)Math.Min(length, Step)];
        int done = 0;
        while (true)
        {
            stream.ReadExactly(bytes, done, bytes.Length - done);
            done = bytes.Length;
            if (done == length)
            {
                return bytes;
            }
            Array.Resize(ref bytes, (int)Math.Min(length, done * 2L));
        }
    }

    private static byte[] ToCOrder(byte[] data, int[] sizes, int itemSize)
    {
        var ordered = new byte[data.Length];
        var index = new int[sizes.Length];
        for (int target = 0; target < data.Length; target += itemSize)
        {
            long source = 0;
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                source = (source * sizes[d]) + index[d];
            }
            data.AsSpan((int)source * itemSize, itemSize).CopyTo(ordered.AsSpan(target));
            for (int d = sizes.Length - 1; d >= 0 && ++index[d] == sizes[d]; d--)
            {
                index[d] = 0;
            }
        }
        return ordered;
    }
}
