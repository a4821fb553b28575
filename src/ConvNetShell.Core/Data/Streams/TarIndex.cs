using System.Globalization;
using System.Text;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>
/// Lists the files of a tar archive that is not packed (ustar, GNU and pax), without reading their content. Nothing is ever unpacked to
/// disk, and yet an archive with a path that climbs out, an absolute path or a link is refused.
/// </summary>
internal static class TarIndex
{
    private const int Block = 512,
        LargestAttributes = 1 << 16;

    /// <summary>Lists the files in the order of the archive.</summary>
    /// <param name="path">The archive.</param>
    /// <exception cref="DataFormatException">It is no such archive, or cut short.</exception>
    public static IEnumerable<TarMember> Read(string path)
    {
        using FileStream file = DataFile.Open(path);
        var header = new byte[Block];
        string? longName = null;
        long offset = 0;
        while (offset + Block <= file.Length)
        {
            ReadAt(file, path, offset, header);
            if (header.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                yield break;
            }
            CheckSum(header, path, offset);
            long size = Size(header, path, offset),
                content = offset + Block;
            if (size > file.Length - content)
            {
                throw Broken(
                    "Data.Truncated",
                    path,
                    offset,
                    $"{Number(size)} bytes of content from byte {Number(content)} on",
                    "the end of the file"
                );
            }
            char type = (char)header[156];
            switch (type)
            {
                case 'L' or 'x':
                    byte[] attributes = Attributes(file, path, content, size);
                    longName = type == 'L' ? Text(attributes) : PaxPath(attributes) ?? longName;
                    break;
                case 'g' or '5':
                    longName = null;
                    break;
                case '0' or '\0':
                    string name = longName ?? Name(header);
                    RequireSafe(name, path, offset);
                    longName = null;
                    yield return new TarMember(name, content, size);
                    break;
                default:
                    throw Broken("Data.UnsafePath", path, offset, "files and folders only", $"'{Name(header)}' of type '{type}'");
            }
            offset = content + ((size + Block - 1) / Block * Block);
        }
        throw Broken("Data.Truncated", path, offset, "a block of zeros as the end of the archive", "the end of the file");
    }

    private static void ReadAt(FileStream file, string path, long offset, byte[] target) =>
        DataFile.Guard(
            path,
            () =>
            {
                file.Position = offset;
                file.ReadExactly(target);
                return true;
            }
        );

    private static byte[] Attributes(FileStream file, string path, long offset, long size)
    {
        if (size > LargestAttributes)
        {
            throw Broken("Data.BrokenArchive", path, offset, $"at most {Number(LargestAttributes)} bytes of attributes", Number(size));
        }
        var bytes = new byte[size];
        ReadAt(file, path, offset, bytes);
        return bytes;
    }

    /// <summary>Returns the path of pax records, <c>27 path=folder/000123.png\n</c>; <see langword="null"/> where they have none.</summary>
    private static string? PaxPath(byte[] records)
    {
        const string key = " path=";
        string text = Encoding.UTF8.GetString(records);
        int start = text.IndexOf(key, StringComparison.Ordinal),
            end = start < 0 ? -1 : text.IndexOf('\n', start);
        return end < 0 ? null : text[(start + key.Length)..end];
    }

    private static string Name(byte[] header)
    {
        string name = Text(header.AsSpan(0, 100)),
            prefix = Text(header.AsSpan(257, 5)) == "ustar" && header[262] == 0 ? Text(header.AsSpan(345, 155)) : string.Empty;
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static long Size(byte[] header, string path, long offset)
    {
        ReadOnlySpan<byte> field = header.AsSpan(124, 12);
        if ((field[0] & 0x80) != 0)
        {
            long big = 0;
            foreach (byte part in field[4..])
            {
                big = (big << 8) | part;
            }
            return big >= 0 ? big : throw Broken("Data.BrokenArchive", path, offset, "a size of 0 or more", Number(big));
        }
        return Octal(field) is long size
            ? size
            : throw Broken("Data.BrokenArchive", path, offset, "a size in octal digits", $"'{Text(field)}'");
    }

    private static void CheckSum(byte[] header, string path, long offset)
    {
        const int at = 148,
            length = 8;
        int sum = length * ' ';
        for (int i = 0; i < header.Length; i++)
        {
            sum += i is >= at and < at + length ? 0 : header[i];
        }
        if (Octal(header.AsSpan(at, length)) != sum)
        {
            throw Broken(
                "Data.BrokenArchive",
                path,
                offset,
                $"a header with the checksum {Number(sum)}",
                $"'{Text(header.AsSpan(at, length))}'"
            );
        }
    }

    private static long? Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (char digit in Text(field).Trim())
        {
            if (digit is < '0' or > '7')
            {
                return null;
            }
            value = (value << 3) | (uint)(digit - '0');
        }
        return value;
    }

    private static void RequireSafe(string name, string path, long offset)
    {
        bool climbs = name.Split('/', '\\').Contains("..", StringComparer.Ordinal),
            isAbsolute = name.StartsWith('/') || name.StartsWith('\\') || (name.Length > 1 && name[1] == ':');
        if (climbs || isAbsolute)
        {
            throw Broken("Data.UnsafePath", path, offset, "paths inside the archive's own folder", $"'{name}'");
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static DataFormatException Broken(string id, string path, long offset, string expected, string received) =>
        new(id, path, $"expected {expected}. Received: {received}, in the header at byte {Number(offset)}.");
}
