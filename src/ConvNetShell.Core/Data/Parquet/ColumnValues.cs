using System.Globalization;
using System.IO.Compression;
using ConvNetShell.Core.Data.Images;

namespace ConvNetShell.Core.Data.Parquet;

/// <summary>
/// Reads the values of one column in one row group: pages of version 1 and 2, plain or with a dictionary, not packed, or with Snappy or
/// gzip. A page may unpack to 1,032 times its size at most, which gzip cannot exceed, and to 1 GB.
/// </summary>
internal sealed class ColumnValues
{
    private const int DataPage = 0,
        DictionaryPage = 2,
        DataPageV2 = 3,
        Plain = 0,
        PlainDictionary = 2,
        RleDictionary = 8;
    private const long LargestRatio = 1032,
        LargestPage = 1L << 30;
    private readonly ParquetColumn column;
    private readonly ParquetChunk chunk;
    private readonly ByteCursor pages;
    private readonly string path;
    private readonly ReadOnlyMemory<byte>?[] values;
    private ReadOnlyMemory<byte>[] dictionary = [];
    private int rows;

    private ColumnValues(ParquetFile file, ParquetColumn column, ParquetChunk chunk)
    {
        (this.column, this.chunk, path) = (column, chunk, file.Path);
        pages = new ByteCursor(file.Read(chunk.Offset, chunk.Length), path, chunk.Offset);
        values = new ReadOnlyMemory<byte>?[chunk.Rows];
    }

    /// <summary>Reads the values.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column, with one value a row at most.</param>
    /// <param name="group">The row group.</param>
    /// <returns>The bytes of each value; <see langword="null"/> where it is missing.</returns>
    public static ReadOnlyMemory<byte>?[] Read(ParquetFile file, ParquetColumn column, int group) =>
        DataFile.Guard(
            file.Path,
            () =>
            {
                var reader = new ColumnValues(file, column, file.RowGroups[group][column.Index]);
                while (reader.rows < reader.values.Length)
                {
                    reader.ReadPage();
                }
                return reader.values;
            }
        );

    private void ReadPage()
    {
        var header = ThriftStruct.Read(pages);
        long packed = header.Number(3),
            unpacked = header.Number(2);
        ReadOnlyMemory<byte> content = pages.Take(packed);
        if (unpacked < 0 || unpacked > Math.Min(LargestPage, LargestRatio * Math.Max(packed, 1)))
        {
            throw pages.Fail("a page that unpacks to at most 1 GB, and 1,032 times its size", Text(unpacked));
        }
        switch (header.Number(1))
        {
            case DictionaryPage:
                ThriftStruct dictionaryHeader = header.Struct(7) ?? throw pages.Fail("a dictionary's header", "none");
                dictionary = PlainValues(Part(Unpack(content, (int)unpacked)), Count(dictionaryHeader.Number(1), unpacked));
                break;
            case DataPage:
                ReadFirstVersion(header.Struct(5) ?? throw pages.Fail("a page's header", "none"), Unpack(content, (int)unpacked));
                break;
            case DataPageV2:
                ReadSecondVersion(header.Struct(8) ?? throw pages.Fail("a page's header", "none"), content, (int)unpacked);
                break;
            default:
                break; // an index, which readers may pass over
        }
    }

    private void ReadFirstVersion(ThriftStruct header, ReadOnlyMemory<byte> content)
    {
        ByteCursor cursor = Part(content);
        int count = Count(header.Number(1), long.MaxValue);
        int[]? levels = column.DefinitionLevel == 0 ? null : Levels(Part(cursor.Take(cursor.Int32())), count);
        Add(levels, count, (int)header.Number(2), cursor);
    }

    private void ReadSecondVersion(ThriftStruct header, ReadOnlyMemory<byte> content, int unpacked)
    {
        ByteCursor cursor = Part(content);
        int count = Count(header.Number(1), long.MaxValue);
        cursor.Take(header.Number(6)); // repetition levels: none in a column that is not repeated
        ReadOnlyMemory<byte> definition = cursor.Take(header.Number(5));
        int[]? levels = column.DefinitionLevel == 0 ? null : Levels(Part(definition), count);
        ReadOnlyMemory<byte> rest = cursor.Take(cursor.Left);
        bool isPacked = header.Flag(7) ?? true;
        Add(levels, count, (int)header.Number(4), Part(isPacked ? Unpack(rest, unpacked - content.Length + rest.Length) : rest));
    }

    private void Add(int[]? levels, int count, int encoding, ByteCursor cursor)
    {
        int present = levels?.Count(level => level == column.DefinitionLevel) ?? count;
        ReadOnlyMemory<byte>[] read = encoding switch
        {
            Plain => PlainValues(cursor, present),
            PlainDictionary or RleDictionary => present == 0
                ? []
                : Array.ConvertAll(
                    HybridLevels.Read(cursor, cursor.Byte(), present),
                    index =>
                        (uint)index < (uint)dictionary.Length
                            ? dictionary[index]
                            : throw cursor.Fail($"an index below {Text(dictionary.Length)}, the length of the dictionary", Text(index))
                ),
            _ => throw cursor.Fail("values that are plain or have a dictionary", $"the encoding {Text(encoding)}"),
        };
        for (int i = 0, next = 0; i < count; i++)
        {
            if (levels is null || levels[i] == column.DefinitionLevel)
            {
                values[rows] = read[next++];
            }
            rows++;
        }
    }

    private int[] Levels(ByteCursor cursor, int count) =>
        HybridLevels.Read(cursor, 32 - int.LeadingZeroCount(column.DefinitionLevel), count);

    private ReadOnlyMemory<byte>[] PlainValues(ByteCursor cursor, int count)
    {
        int size = column.Type switch
        {
            ParquetType.Int32 or ParquetType.Float => sizeof(int),
            ParquetType.Int64 or ParquetType.Double => sizeof(long),
            ParquetType.ByteArray => 0,
            _ => throw cursor.Fail("numbers, text or bytes", $"a column of {column.Type}"),
        };
        if ((long)count * Math.Max(size, sizeof(int)) > cursor.Left)
        {
            throw cursor.Fail($"{Text(count)} values", $"{Text(cursor.Left)} bytes");
        }
        var read = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            read[i] = cursor.Take(size == 0 ? cursor.Int32() : size);
        }
        return read;
    }

    private int Count(long count, long most) =>
        count >= 0 && count <= most && (most < long.MaxValue || count <= values.Length - rows)
            ? (int)Math.Min(count, int.MaxValue)
            : throw pages.Fail($"at most {Text(values.Length - rows)} values in a page", Text(count));

    private ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, int length)
    {
        switch (chunk.Codec)
        {
            case 0:
                return packed.Length == length ? packed : throw pages.Fail($"a page of {Text(length)} bytes", Text(packed.Length));
            case 1:
                return length < 0 ? throw pages.Fail("a length of 0 or more", Text(length)) : Snappy.Unpack(Part(packed), length);
            case 2 when length >= 0:
                var unpacked = new byte[length];
                using (var stream = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress))
                {
                    return stream.ReadAtLeast(unpacked, length, throwOnEndOfStream: false) == length
                        ? unpacked
                        : throw pages.Fail($"{Text(length)} unpacked bytes", "fewer");
                }
            default:
                throw pages.Fail("pages that are not packed, or with Snappy or gzip", $"the codec {Text(chunk.Codec)}");
        }
    }

    private ByteCursor Part(ReadOnlyMemory<byte> content) => new(content, path, chunk.Offset + pages.Position);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
