using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// A folder of images in folders named after their classes: <c>train/cat/1.png</c> and <c>test/cat/2.png</c> (split folders train, val,
/// valid,
/// validation, test in any case), or <c>cat/1.png</c>, which gives Train alone. PNG, JPEG, BMP and WebP. Classes and files are taken in
/// ordinal
/// order, or the classes in that of a <c>classes.txt</c>. An unreadable image is skipped with a warning; a class folder without
/// images
/// keeps its index among the classes, with a warning; only when there is no image at all is that an error.
/// </summary>
public sealed class ImageFolderFormat : IDatasetFormat
{
    private static readonly Dictionary<string, string> SplitNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "Train",
        ["training"] = "Train",
        ["val"] = "Validation",
        ["valid"] = "Validation",
        ["validation"] = "Validation",
        ["test"] = "Test",
    };

    /// <inheritdoc />
    public string Name => "a folder of images";

    /// <inheritdoc />
    public bool Matches(string path) =>
        Directory.Exists(path) && SplitFolders(path).Values.Any(split => ClassFolders(split).Any(folder => ImagesIn(folder).Any()));

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        ImageFile.CheckTarget(options.ResizeTo, options.Channels);
        SortedDictionary<string, string> folders = SplitFolders(path);
        string[] classes = Classes(path, folders.Values);
        string[] order = ["Train", "Validation", "Test"];
        ImageFolderSplit[] loaded =
        [
            .. order.Where(folders.ContainsKey).Select(split => ImageFolderSplit.List(split, folders[split], classes, options)),
        ];
        if (loaded.All(split => split.Files.Length == 0))
        {
            throw new DataFormatException(
                "Data.Empty",
                path,
                $"expected images ({string.Join(", ", ImageFile.Extensions)}) in folders named after their classes. Received: none."
            );
        }
        var reading = new ImageFolderReader(options);
        foreach (ImageFolderSplit split in loaded)
        {
            reading.Read(split);
        }
        IReadOnlyList<DatasetSplit> splits = reading.Finish();
        DatasetSplit? Get(string name) => splits.FirstOrDefault(split => split.Name == name);
        DatasetSplit train =
            Get("Train")
            ?? throw new DataFormatException("Data.Empty", path, "expected images in the train folder. Received: none that can be read.");
        return new Dataset(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
            path,
            classes,
            train,
            Get("Validation"),
            Get("Test")
        );
    }

    /// <summary>Lists the class names of a folder, without reading an image.</summary>
    internal static string[] ClassesOf(string path) => Classes(path, SplitFolders(path).Values);

    internal static IEnumerable<string> ImagesIn(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file => ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));

    private static string[] Classes(string path, IEnumerable<string> splitFolders)
    {
        string[] found =
        [
            .. splitFolders
                .SelectMany(ClassFolders)
                .Select(folder => Path.GetFileName(folder))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (ClassNames.Read(path) is not { } named)
        {
            return found;
        }
        string[] unnamed = [.. found.Except(named.Select(ClassNames.ToFolder), StringComparer.Ordinal)];
        return [.. named, .. unnamed];
    }

    /// <summary>The folder of each split; the folder itself as Train where no sub folder train has class folders.</summary>
    private static SortedDictionary<string, string> SplitFolders(string path)
    {
        var folders = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal))
        {
            if (SplitNames.TryGetValue(Path.GetFileName(folder), out string? split))
            {
                folders.TryAdd(split, folder);
            }
        }
        if (!folders.TryGetValue("Train", out string? train) || !ClassFolders(train).Any())
        {
            folders.Clear();
            folders["Train"] = path;
        }
        return folders;
    }

    private static IEnumerable<string> ClassFolders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(sub => !Path.GetFileName(sub).StartsWith('.'));
}
