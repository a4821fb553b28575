using System.Buffers.Binary;
using System.Globalization;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>
/// The schema and the row groups of a Parquet file (https://parquet.apache.org/docs/file-format/). A reader of our own: Parquet.Net 6.1
/// does not end on some damaged files, and believes lengths that it has not checked.
/// </summary>
internal sealed class ParquetFile
{
    private const int LargestFooter = 64 << 20,
        TailLength = 8,
        MostColumns = 10_000,
        MostRows = 1 << 22,
        Repeated = 2;
    private readonly List<ParquetColumn> columns = [];

    private ParquetFile(string path) => Path = path;

    /// <summary>Gets the path.</summary>
    public string Path { get; }

    /// <summary>Gets the columns of values.</summary>
    public IReadOnlyList<ParquetColumn> Columns => columns;

    /// <summary>Gets the row groups: for each column its values.</summary>
    public IReadOnlyList<ParquetChunk[]> RowGroups { get; private set; } = [];

    /// <summary>Gets the texts that the writer has added, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads what a file has; no values yet.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">It is no such file.</exception>
    public static ParquetFile Open(string path)
    {
        DataFile.Guard(
            path,
            () =>
            {
                DataFile.RequireContent(path);
                return true;
            }
        );
        var file = new ParquetFile(path);
        long length = new FileInfo(path).Length;
        byte[] tail = file.Read(Math.Max(0, length - TailLength), (int)Math.Min(length, TailLength));
        if (length < 3 * sizeof(int) || !tail.AsSpan(4).SequenceEqual("PAR1"u8))
        {
            throw new DataFormatException("Data.WrongMagic", path, "expected PAR1 at the end. Received: another ending.");
        }
        int footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (footer < 0 || footer > LargestFooter || footer > length - TailLength - sizeof(int))
        {
            throw new DataFormatException(
                "Data.Truncated",
                path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a footer of at most {Math.Min(LargestFooter, length)} bytes. Received: {footer} at byte "
                        + $"{length - TailLength}."
                )
            );
        }
        long start = length - TailLength - footer;
        var cursor = new ByteCursor(file.Read(start, footer), path, start);
        file.Parse(ThriftStruct.Read(cursor), cursor, start);
        return file;
    }

    /// <summary>Reads a part of the file.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Its length.</param>
    public byte[] Read(long offset, int count) =>
        DataFile.Guard(
            Path,
            () =>
            {
                using SafeFileHandle file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
                var bytes = new byte[count];
                return RandomAccess.Read(file, bytes, offset) == count ? bytes : throw new EndOfStreamException();
            }
        );

    private void Parse(ThriftStruct footer, ByteCursor cursor, long end)
    {
        IReadOnlyList<ThriftStruct> schema = footer.List(2);
        int next = 0;
        if (schema.Count is 0 or > MostColumns)
        {
            throw cursor.Fail($"a schema of 1 to {MostColumns.ToString(CultureInfo.InvariantCulture)} elements", "another number");
        }
        AddColumns(schema, ref next, string.Empty, 0, false, cursor, 0);
        Metadata = footer
            .List(5)
            .GroupBy(pair => pair.Text(1), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Text(2), StringComparer.Ordinal);
        RowGroups = [.. footer.List(4).Select(group => Chunks(group, cursor, end))];
    }

    private void AddColumns(
        IReadOnlyList<ThriftStruct> schema,
        ref int next,
        string prefix,
        int level,
        bool isRepeated,
        ByteCursor cursor,
        int depth
    )
    {
        if (next >= schema.Count || depth > 32)
        {
            throw cursor.Fail("a schema with all its columns", "fewer, or structures more than 32 deep");
        }
        ThriftStruct element = schema[next++];
        int repetition = next == 1 ? 0 : (int)element.Number(3);
        string path =
            next == 1 ? string.Empty
            : prefix.Length == 0 ? element.Text(4)
            : $"{prefix}.{element.Text(4)}";
        level += repetition == 0 ? 0 : 1;
        isRepeated |= repetition == Repeated;
        long children = element.Number(5);
        if (children == 0 && next > 1)
        {
            columns.Add(new ParquetColumn(columns.Count, path, (ParquetType)element.Number(1), level, isRepeated));
        }
        for (long i = 0; i < children; i++)
        {
            AddColumns(schema, ref next, path, level, isRepeated, cursor, depth + 1);
        }
    }

    private ParquetChunk[] Chunks(ThriftStruct group, ByteCursor cursor, long end)
    {
        long rows = group.Number(3);
        IReadOnlyList<ThriftStruct> chunks = group.List(1);
        if (chunks.Count != columns.Count || rows is < 0 or > MostRows)
        {
            throw cursor.Fail(
                string.Create(CultureInfo.InvariantCulture, $"row groups with {columns.Count} columns, and at most {MostRows} rows"),
                string.Create(CultureInfo.InvariantCulture, $"{chunks.Count} columns of {rows} rows")
            );
        }
        return [.. chunks.Select(chunk => Chunk(chunk.Struct(3), (int)rows, cursor, end))];
    }

    private static ParquetChunk Chunk(ThriftStruct? metadata, int rows, ByteCursor cursor, long end)
    {
        long length = metadata?.Number(7) ?? -1,
            data = metadata?.Number(9) ?? -1,
            dictionary = metadata?.Number(11) ?? 0,
            offset = dictionary > 0 ? Math.Min(dictionary, data) : data;
        return length is >= 0 and <= int.MaxValue && offset >= sizeof(int) && offset <= end - length
            ? new ParquetChunk(rows, (int)metadata!.Number(4), offset, (int)length)
            : throw cursor.Fail(
                "columns that lie in the file before the footer, of less than 2 GB",
                string.Create(CultureInfo.InvariantCulture, $"{length} bytes from byte {offset} on")
            );
    }
}
