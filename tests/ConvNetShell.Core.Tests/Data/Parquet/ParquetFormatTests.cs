using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Parquet;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Testing;
using ParquetSharp;
using ParquetSharp.Schema;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data.Parquet;

/// <summary>Files that ParquetSharp (Apache's own C++ library) wrote, in the layout of Hugging Face.</summary>
public sealed class ParquetFormatTests : IDisposable
{
    private const string Features =
        """{"info": {"features": {"img": {"_type": "Image"}, "label": {"names": ["red", "lime", "blue"], "_type": "ClassLabel"}}}}""";
    private static readonly SKColor[] Colors = [SKColors.Red, SKColors.Lime, SKColors.Blue];
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Compression.Snappy, true, false, false)]
    [InlineData(Compression.Snappy, true, false, true)]
    [InlineData(Compression.Uncompressed, false, false, false)]
    [InlineData(Compression.Gzip, true, true, false)]
    [InlineData(Compression.Snappy, false, true, true)]
    [InlineData(Compression.Uncompressed, true, true, true)]
    public void Hugging_Face_s_files_are_read(Compression compression, bool hasDictionary, bool isSecondVersion, bool stream)
    {
        folder.Folder("set", "plain_text");
        Write(folder["set", "plain_text", "train-00000-of-00002.parquet"], 0, 7, compression, hasDictionary, isSecondVersion);
        Write(folder["set", "plain_text", "train-00001-of-00002.parquet"], 7, 5, compression, hasDictionary, isSecondVersion);
        Write(folder["set", "plain_text", "test-00000-of-00001.parquet"], 12, 4, compression, hasDictionary, isSecondVersion);
        Dataset data = DatasetReader.Read(folder["set"], new ReadOptions { Stream = stream });
        Assert.Equal((12, 4, stream), (data.Train.Count, data.Test!.Count, data.IsStreamed));
        Assert.Equal(["red", "lime", "blue"], data.Classes);
        Assert.Equal(new Shape(3, 5, 4), data.InputShape);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(i % 3, data.Train.Labels[i]);
            SKColor color = Colors[i % 3];
            Assert.Equal([color.Red, color.Green, color.Blue], data.Train.Image(i)[..3]);
        }
        if (stream)
        {
            Assert.Equal([0, 0, 0, 1, 1, 1, 2, 3, 3, 3, 4, 4], Enumerable.Range(0, 12).Select(data.Train.Store!.Shard));
        }
    }

    [Fact]
    public void Numbers_are_the_names_where_the_metadata_has_none()
    {
        Write(folder["a.parquet"], 0, 6, Compression.Snappy, true, false, features: null);
        Assert.Equal(["0", "1", "2"], DatasetReader.Read(folder["a.parquet"]).Classes);
    }

    [Fact]
    public void A_file_without_its_columns_is_a_typed_error()
    {
        using (var writer = new ParquetFileWriter(folder["a.parquet"], [new Column<long>("label"), new Column<string>("text")]))
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            group.NextColumn().LogicalWriter<long>().WriteBatch([1]);
            group.NextColumn().LogicalWriter<string>().WriteBatch(["a"]);
            writer.Close();
        }
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder["a.parquet"]));
        Assert.Equal("Data.MissingColumn", error.ErrorId);
        Assert.Contains("Received: label, text.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "Data.Missing")]
    [InlineData(true, false, "Data.BadLabel")]
    public void A_row_without_its_image_or_label_is_a_typed_error(bool hasImage, bool hasLabel, string expected)
    {
        using (var writer = new ParquetFileWriter(folder["a.parquet"], [new Column<byte[]?>("image"), new Column<int?>("label")]))
        {
            byte[] png = Samples.Picture(SKEncodedImageFormat.Png, 4, 5, SKColors.Red);
            using RowGroupWriter group = writer.AppendRowGroup();
            group.NextColumn().LogicalWriter<byte[]?>().WriteBatch([png, hasImage ? png : null, png]);
            group.NextColumn().LogicalWriter<int?>().WriteBatch([0, hasLabel ? 1 : null, 2]);
            writer.Close();
        }
        DataFormatException error = Assert.Throws<DataFormatException>(() =>
            DatasetReader.Read(folder["a.parquet"], new ReadOptions { Stream = true }).Train.Image(1)
        );
        Assert.Equal(expected, error.ErrorId);
        Assert.Contains("row 1 of row group 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_text_in_many_pages_is_read()
    {
        string[] texts = [.. Enumerable.Range(0, 50_000).Select(i => $"{i} {new string((char)('a' + (i % 26)), i % 90)}")];
        using (var writer = new ParquetFileWriter(folder["a.parquet"], [new Column<string?>("text")], Compression.Snappy))
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            group.NextColumn().LogicalWriter<string?>().WriteBatch(texts);
            writer.Close();
        }
        var file = ParquetFile.Open(folder["a.parquet"]);
        ReadOnlyMemory<byte>?[] values = ColumnValues.Read(file, file.Columns[0], 0);
        Assert.Equal(texts, values.Select(value => System.Text.Encoding.UTF8.GetString(value!.Value.Span)));
    }

    [Theory]
    [InlineData("PAR1", "Data.WrongMagic")]
    [InlineData("PAR1____\u00ff\u00ff\u00ff\u007fPAR1", "Data.Truncated")]
    [InlineData("PAR1____\u0008\u0000\u0000\u0000PAR1", "Data.Truncated")]
    [InlineData("PAR1____\u0004\u0000\u0000\u0000PAR1", "Data.BrokenParquet")]
    public void A_file_that_is_none_is_a_typed_error(string bytes, string expected)
    {
        folder.File(["a.parquet"], System.Text.Encoding.Latin1.GetBytes(bytes));
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder["a.parquet"])).ErrorId);
    }

    [Theory]
    [InlineData(Compression.Snappy)]
    [InlineData(Compression.Gzip)]
    [InlineData(Compression.Uncompressed)]
    public void Damaged_files_end_in_typed_errors_and_take_little_memory(Compression compression)
    {
        Write(folder["a.parquet"], 0, 9, compression, true, compression == Compression.Gzip);
        byte[] whole = File.ReadAllBytes(folder["a.parquet"]);
        var random = new Random(1);
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] file = [.. whole];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                file[random.Next(2) == 0 ? random.Next(file.Length) : file.Length - 1 - random.Next(900)] = (byte)random.Next(256);
            }
            File.WriteAllBytes(folder["m.parquet"], file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var read = ParquetFile.Open(folder["m.parquet"]);
                for (int group = 0; group < read.RowGroups.Count; group++)
                {
                    foreach (ParquetColumn column in read.Columns)
                    {
                        _ = ColumnValues.Read(read, column, group);
                    }
                }
                _ = DatasetReader.Read(folder["m.parquet"], new ReadOptions { Stream = i % 2 == 0 }).Train.Image(0);
            }
            catch (ConvNetException)
            {
                // the typed error that was expected
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L << 20);
        }
    }

    /// <summary>Writes row groups of at most three rows: a structure img of bytes and path, and a label.</summary>
    private static void Write(
        string path,
        int first,
        int count,
        Compression compression,
        bool hasDictionary,
        bool isSecondVersion,
        string? features = Features
    )
    {
        var schema = new GroupNode(
            "schema",
            Repetition.Required,
            [
                new GroupNode(
                    "img",
                    Repetition.Optional,
                    [
                        new PrimitiveNode("bytes", Repetition.Optional, LogicalType.None(), PhysicalType.ByteArray),
                        new PrimitiveNode("path", Repetition.Optional, LogicalType.String(), PhysicalType.ByteArray),
                    ]
                ),
                new PrimitiveNode("label", Repetition.Optional, LogicalType.None(), PhysicalType.Int64),
            ]
        );
        var builder = new WriterPropertiesBuilder().Compression(compression);
        builder = hasDictionary ? builder.EnableDictionary() : builder.DisableDictionary();
        builder = isSecondVersion ? builder.DataPageVersion(ParquetDataPageVersion.V2) : builder;
        using WriterProperties properties = builder.Build();
        var metadata = features is null ? [] : new Dictionary<string, string> { ["huggingface"] = features };
        using var writer = new ParquetFileWriter(path, schema, properties, metadata);
        foreach (int[] rows in Enumerable.Range(first, count).Chunk(3))
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            group
                .NextColumn()
                .LogicalWriter<Nested<byte[]>?>()
                .WriteBatch([
                    .. rows.Select(i =>
                        (Nested<byte[]>?)new Nested<byte[]>(Samples.Picture(SKEncodedImageFormat.Png, 4, 5, Colors[i % 3]))
                    ),
                ]);
            group
                .NextColumn()
                .LogicalWriter<Nested<string?>?>()
                .WriteBatch([.. rows.Select(i => (Nested<string?>?)new Nested<string?>(i % 2 == 0 ? null : "a.png"))]);
            group.NextColumn().LogicalWriter<long?>().WriteBatch([.. rows.Select(i => (long?)(i % 3))]);
        }
        writer.Close();
    }
}
