using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Parquet;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Parquet files as Hugging Face stores CIFAR-10 and MNIST: a column image or img with the bytes of image files, a column label with
/// numbers or names, and the class names in the metadata. One file, a folder of them, or a pattern; train, validation and test in the names
/// of files are the splits.
/// </summary>
internal sealed class ParquetFormat : IDatasetFormat
{
    private const string Ending = ".parquet";
    private static readonly string[] ImageNames = ["image", "img", "images", "jpg", "png"],
        LabelNames = ["label", "labels", "fine_label", "target", "cls", "class"];
    private const string CoarseName = "coarse_label",
        Features = "huggingface";

    /// <inheritdoc />
    public string Name => "Parquet files";

    /// <inheritdoc />
    public bool CanStream => true;

    /// <inheritdoc />
    public bool Matches(string path) =>
        Directory.Exists(path) ? ShardFiles.Find(path, Ending).Length > 0 : path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        string[] files = ShardFiles.Find(path, Ending);
        if (files.Length == 0)
        {
            throw new DataFormatException("Data.Empty", path, "expected one Parquet file or more. Received: none.");
        }
        var classes = new FoundClasses();
        IReadOnlyList<string>? names = null;
        var splits = new List<EncodedSplit>();
        foreach ((string split, string[] own) in ShardFiles.BySplit(files))
        {
            var images = new List<(ParquetFile, ParquetColumn)>();
            var labels = new List<int>();
            foreach (string one in own)
            {
                var file = ParquetFile.Open(one);
                ParquetColumn label = Find(file, options.CoarseLabels ? [CoarseName] : LabelNames, "label");
                images.Add((file, Find(file, ImageNames, "image")));
                names ??= ClassNamesOf(file, label);
                for (int group = 0; group < file.RowGroups.Count; group++)
                {
                    options.Cancellation.ThrowIfCancellationRequested();
                    labels.AddRange(
                        ColumnValues.Read(file, label, group).Select((value, row) => classes.Index(Text(value, label, file, group, row)))
                    );
                }
            }
            splits.Add(new EncodedSplit(split, new ParquetImages(images), [.. labels], null));
        }
        (IReadOnlyList<string> all, EncodedSplit[] labelled) = classes.Label(splits, names, path);
        return EncodedReader.ReadDataset(path, all, labelled, options);
    }

    /// <summary>Finds a column by its name, or the bytes in a structure of that name.</summary>
    private static ParquetColumn Find(ParquetFile file, string[] names, string what) =>
        names
            .SelectMany(name =>
                file.Columns.Where(column =>
                    !column.IsRepeated
                    && (
                        column.Path.Equals(name, StringComparison.OrdinalIgnoreCase)
                        || column.Path.Equals($"{name}.bytes", StringComparison.OrdinalIgnoreCase)
                    )
                )
            )
            .FirstOrDefault()
        ?? throw new DataFormatException(
            "Data.MissingColumn",
            file.Path,
            $"expected a column with the {what}: {string.Join(", ", names)}. Received: "
                + $"{string.Join(", ", file.Columns.Select(column => column.Path).Take(20))}."
        );

    private static string Text(ReadOnlyMemory<byte>? value, ParquetColumn column, ParquetFile file, int group, int row) =>
        (column.Type, value) switch
        {
            (ParquetType.Int32, { } number) => BinaryPrimitives.ReadInt32LittleEndian(number.Span).ToString(CultureInfo.InvariantCulture),
            (ParquetType.Int64, { } number) => BinaryPrimitives.ReadInt64LittleEndian(number.Span).ToString(CultureInfo.InvariantCulture),
            (ParquetType.ByteArray, { } text) => Encoding.UTF8.GetString(text.Span),
            _ => throw new DataFormatException(
                "Data.BadLabel",
                file.Path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a whole number or a name in the column {column.Path}. Received: "
                        + $"{(value is null ? "nothing" : column.Type)} in row {row} of row group {group}."
                )
            ),
        };

    /// <summary>Returns the names that Hugging Face's metadata gives for a column; <see langword="null"/> where there are none.</summary>
    private static IReadOnlyList<string>? ClassNamesOf(ParquetFile file, ParquetColumn label)
    {
        if (!file.Metadata.TryGetValue(Features, out string? text))
        {
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            JsonElement names = json.RootElement.GetProperty("info").GetProperty("features").GetProperty(label.Path).GetProperty("names");
            return [.. names.EnumerateArray().Select(name => name.GetString() ?? string.Empty)];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // a label without names: numbers are its names
        }
    }
}
