using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Data.Tables;

/// <summary>
/// What tables beside the images of a folder say of them: <c>metadata.csv</c> or <c>metadata.jsonl</c> with a column <c>file_name</c>, as
/// Hugging Face has them, and <c>captions.txt</c> or <c>captions.csv</c> with the columns <c>image</c> and <c>caption</c> and a row a
/// caption, as Flickr8k has them. A column <c>text</c> or <c>caption</c> is what the image shows; every other one is an attribute.
/// </summary>
internal sealed class SampleTable
{
    private const string MissingColumn = "Data.MissingColumn";

    private static readonly string[] FileNames = ["metadata.csv", "metadata.jsonl", "captions.txt", "captions.csv"],
        KeyColumns = ["file_name", "image", "file", "filename"],
        CaptionColumns = ["text", "caption", "captions"];

    private readonly Dictionary<string, Row> rows = new(StringComparer.Ordinal);
    private readonly string path,
        folder;

    private SampleTable(string path) => (this.path, folder) = (path, Path.GetDirectoryName(path)!);

    /// <summary>Returns the tables that lie in folders.</summary>
    /// <param name="folders">The folder of the dataset and those of its splits.</param>
    public static string[] In(IEnumerable<string> folders) =>
        [
            .. folders
                .Distinct(StringComparer.Ordinal)
                .SelectMany(folder => FileNames.Select(name => Path.Combine(folder, name)))
                .Where(File.Exists),
        ];

    /// <summary>Returns a dataset whose images have what the tables say of them.</summary>
    /// <param name="dataset">The dataset; its images are files of their own.</param>
    /// <param name="paths">The tables.</param>
    /// <param name="isNeeded">
    /// Whether a table that names no images is an error; else it is another program's, and a warning says that it is not used.
    /// </param>
    /// <param name="warn">Receives warnings of images without a row and of rows without an image.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataFormatException">A table cannot be read, or some images have a caption and others not.</exception>
    public static Dataset Describe(
        Dataset dataset,
        IReadOnlyList<string> paths,
        bool isNeeded,
        Action<string>? warn,
        CancellationToken cancellation
    )
    {
        SampleTable[] tables = [.. paths.Select(path => Read(path, isNeeded, warn, cancellation)).OfType<SampleTable>()];
        DatasetSplit? Describe(DatasetSplit? split) => split?.WithAttributes(SampleTable.Describe(split, tables, warn));
        var described = new Dataset(
            dataset.Name,
            dataset.Source,
            dataset.Classes,
            Describe(dataset.Train)!,
            Describe(dataset.Validation),
            Describe(dataset.Test)
        );
        foreach (SampleTable table in tables)
        {
            table.WarnOfUnused(warn);
        }
        return described;
    }

    private static SampleTable? Read(string path, bool isNeeded, Action<string>? warn, CancellationToken cancellation)
    {
        var table = new SampleTable(path);
        try
        {
            TableFile.Read(path, table.Add, cancellation);
        }
        catch (DataFormatException error) when (error.ErrorId == MissingColumn && !isNeeded)
        {
            warn?.Invoke($"{error.Message} The file is not used.");
            return null;
        }
        if (table.rows.Count == 0)
        {
            throw new DataFormatException("Data.Empty", path, "expected a row for each image. Received: none.");
        }
        return table;
    }

    private static SampleAttributes Describe(DatasetSplit split, SampleTable[] tables, Action<string>? warn)
    {
        SampleTable[] meant = [.. tables.Where(table => split.Files!.Any(file => table.Holds(file)))];
        Row[][] found = [.. meant.Select(table => table.Find(split.Files!))];
        for (int i = 0; i < meant.Length; i++)
        {
            meant[i].WarnOfMissing(split, found[i], warn);
        }
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> names = found.SelectMany(rows => rows).SelectMany(row => row.Values.Keys);
        foreach (string name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            values[name] = [.. Enumerable.Range(0, split.Count).Select(i => Value(found, i, name))];
        }
        string[][] captions = [.. Enumerable.Range(0, split.Count).Select(i => found.SelectMany(rows => rows[i].Captions).ToArray())];
        int most = captions.Max(own => own.Length);
        if (most > 0 && Array.FindIndex(captions, own => own.Length == 0) is >= 0 and int silent)
        {
            throw new DataFormatException(
                "Data.CountMismatch",
                split.Files![silent],
                $"expected a caption for each image of {split.Name}. Received: none for "
                    + $"{captions.Count(own => own.Length == 0)} of {split.Count}."
            );
        }
        for (int number = 0; number < most; number++) // those of images with fewer come again
        {
            values[SampleCaptions.Name(number)] = [.. captions.Select(own => own[number % own.Length])];
        }
        return new SampleAttributes(values);
    }

    private static string Value(Row[][] found, int image, string name) =>
        found.Select(rows => rows[image].Values.GetValueOrDefault(name)).FirstOrDefault(text => text is not null) ?? string.Empty;

    private void Add(IReadOnlyList<KeyValuePair<string, string>> cells)
    {
        KeyValuePair<string, string> key = KeyColumns
            .Select(name => cells.FirstOrDefault(cell => name.Equals(cell.Key, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(cell => cell.Value is not null);
        if (key.Value is null)
        {
            throw new DataFormatException(
                MissingColumn,
                path,
                $"expected a column {KeyColumns[0]} (or {string.Join(", ", KeyColumns[1..])}) with the image's file. "
                    + $"Received: {string.Join(", ", cells.Select(cell => cell.Key).Distinct(StringComparer.Ordinal))}."
            );
        }
        string file = key.Value.Replace('\\', '/');
        if (!rows.TryGetValue(file, out Row? row))
        {
            rows[file] = row = new Row();
        }
        foreach ((string name, string text) in cells.Where(cell => cell.Key != key.Key && !string.IsNullOrWhiteSpace(cell.Value)))
        {
            if (IsCaption(name))
            {
                row.Captions.Add(VisibleText.Of(text.ReplaceLineEndings(" ").Trim()));
            }
            else
            {
                row.Values.TryAdd(VisibleText.Of(name), VisibleText.Of(text));
            }
        }
    }

    private static bool IsCaption(string name) =>
        CaptionColumns.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (
            name.StartsWith(SampleCaptions.Attribute, StringComparison.OrdinalIgnoreCase)
            && name[SampleCaptions.Attribute.Length..].All(char.IsAsciiDigit)
        );

    private bool Holds(string file) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>
    /// Returns the row of each image: that of its path from the table's folder, else that of its mere name, as Flickr8k has it.
    /// </summary>
    private Row[] Find(IReadOnlyList<string> files)
    {
        var found = new Row[files.Count];
        for (int i = 0; i < found.Length; i++)
        {
            string name = Path.GetRelativePath(folder, files[i]).Replace('\\', '/');
            found[i] = rows.GetValueOrDefault(name) ?? rows.GetValueOrDefault(Path.GetFileName(files[i])) ?? Row.None;
            found[i].IsUsed = true;
        }
        return found;
    }

    private void WarnOfMissing(DatasetSplit split, Row[] found, Action<string>? warn)
    {
        int missing = found.Count(row => row == Row.None);
        if (missing > 0)
        {
            string first = split.Files![Array.IndexOf(found, Row.None)];
            warn?.Invoke(FormattableString.Invariant($"{path}: {missing} of {split.Count} images have no row there, as {first}."));
        }
    }

    private void WarnOfUnused(Action<string>? warn)
    {
        string[] unused = [.. rows.Where(row => !row.Value.IsUsed).Select(row => row.Key)];
        if (unused.Length > 0)
        {
            warn?.Invoke(
                FormattableString.Invariant($"{path}: {unused.Length} of {rows.Count} rows name no image that was read, as {unused[0]}.")
            );
        }
    }

    private sealed class Row
    {
        public static readonly Row None = new();

        public Dictionary<string, string> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Captions { get; } = [];

        public bool IsUsed { get; set; }
    }
}
