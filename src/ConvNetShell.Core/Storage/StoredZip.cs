using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Storage;

/// <summary>
/// The entries of a ZIP file that are stored without compression, as PyTorch and Keras write them: each is a part of the file itself, so
/// that nothing can become larger than the file; others are refused. Names are keys, never paths. Takes at most 64 MB for the directory.
/// </summary>
internal sealed class StoredZip
{
    private const uint EndSignature = 0x06054b50,
        End64Signature = 0x06064b50,
        Locator64Signature = 0x07064b50,
        EntrySignature = 0x02014b50,
        LocalSignature = 0x04034b50;

    private const int EndLength = 22,
        LocatorLength = 20,
        End64Length = 56,
        EntryLength = 46,
        LocalLength = 30,
        MostDirectory = 64 << 20;

    private readonly TensorFile file;
    private readonly Dictionary<string, (long Header, long Length, bool IsStored)> entries = new(StringComparer.Ordinal);

    private StoredZip(TensorFile file) => this.file = file;

    /// <summary>Gets the names of the entries.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <summary>Reads the directory of a file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="NetworkFileException">It has none, or an entry is wrong.</exception>
    public static StoredZip Read(TensorFile file)
    {
        var zip = new StoredZip(file);
        (long start, long length) = zip.FindDirectory();
        if (start < 0 || length < 0 || length > MostDirectory || start > file.Length - length)
        {
            throw zip.Error(
                "Damaged",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a directory within the file, of {MostDirectory} bytes at most. Received: {length} bytes from byte {start}."
                ),
                start
            );
        }
        zip.ReadEntries(file.Read(start, (int)length), start);
        return zip;
    }

    /// <summary>Returns where the bytes of an entry lie, or <see langword="null"/> where there is none.</summary>
    /// <param name="name">The entry's name.</param>
    /// <exception cref="NetworkFileException">It is compressed, or lies outside of the file.</exception>
    public (long Start, long Length)? Find(string name)
    {
        if (!entries.TryGetValue(name, out (long Header, long Length, bool IsStored) entry))
        {
            return null;
        }
        if (!entry.IsStored)
        {
            throw Error(
                "Unsupported",
                $"expected the entry '{name}' stored as it is. Received: a compressed or encrypted one.",
                entry.Header
            );
        }
        if (entry.Header > file.Length - LocalLength)
        {
            throw Error("Truncated", $"expected the entry '{name}'. Received: the end of the file.", entry.Header);
        }
        byte[] local = file.Read(entry.Header, LocalLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature)
        {
            throw Error("Damaged", $"expected the header of the entry '{name}'. Received: other bytes.", entry.Header);
        }
        long start =
            entry.Header
            + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        return entry.Length <= file.Length - start
            ? (start, entry.Length)
            : throw Error(
                "Truncated",
                string.Create(CultureInfo.InvariantCulture, $"expected {entry.Length} bytes of '{name}'. Received: {file.Length - start}."),
                start
            );
    }

    private (long Start, long Length) FindDirectory()
    {
        int length = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        byte[] tail = file.Read(file.Length - length, length);
        for (int at = length - EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndSignature)
            {
                long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)),
                    size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
                return
                    start == uint.MaxValue
                    || size == uint.MaxValue
                    || BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)) == ushort.MaxValue
                    ? FindDirectory64(file.Length - length + at)
                    : (start, size);
            }
        }
        throw Error("Truncated", "expected the end of a ZIP file. Received: none; the file was cut short.", file.Length);
    }

    private (long Start, long Length) FindDirectory64(long end)
    {
        byte[] locator = end >= LocatorLength ? file.Read(end - LocatorLength, LocatorLength) : [0, 0, 0, 0];
        long at =
            BinaryPrimitives.ReadUInt32LittleEndian(locator) == Locator64Signature
                ? BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8))
                : -1;
        byte[] record = at >= 0 && at <= file.Length - End64Length ? file.Read(at, End64Length) : [0, 0, 0, 0];
        return BinaryPrimitives.ReadUInt32LittleEndian(record) == End64Signature
            ? (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)))
            : throw Error("Damaged", "expected the end of a large ZIP file. Received: other bytes.", end);
    }

    private void ReadEntries(byte[] directory, long start)
    {
        int at = 0;
        while (at <= directory.Length - EntryLength)
        {
            ReadOnlySpan<byte> entry = directory.AsSpan(at);
            int name = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]),
                extra = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]),
                all = EntryLength + name + extra + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntrySignature || all > entry.Length)
            {
                throw Error("Damaged", "expected an entry of the directory. Received: other bytes.", start + at);
            }
            string key = Encoding.UTF8.GetString(entry.Slice(EntryLength, name));
            int flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]),
                method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]);
            long packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]),
                length = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]),
                header = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            Widen(entry.Slice(EntryLength + name, extra), ref length, ref packed, ref header);
            if (length < 0 || header < 0 || !entries.TryAdd(key, (header, length, method == 0 && packed == length && (flags & 1) == 0)))
            {
                throw Error("Damaged", $"expected one entry '{key}' of 0 or more bytes. Received: another.", start + at);
            }
            at += all;
        }
    }

    /// <summary>Reads the sizes that do not fit into four bytes.</summary>
    private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra),
                size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (id == 1)
            {
                ReadOnlySpan<byte> wide = extra.Slice(4, size);
                length = Wide(ref wide, length);
                packed = Wide(ref wide, packed);
                header = Wide(ref wide, header);
            }
            extra = extra[(4 + size)..];
        }
    }

    private static long Wide(ref ReadOnlySpan<byte> values, long value)
    {
        if (value != uint.MaxValue || values.Length < sizeof(long))
        {
            return value;
        }
        long wide = BinaryPrimitives.ReadInt64LittleEndian(values);
        values = values[sizeof(long)..];
        return wide;
    }

    private NetworkFileException Error(string id, string text, long offset) => new("NetworkFile." + id, file.Path, text, offset);
}
