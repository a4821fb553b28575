using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Data.Tables;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// A folder of images in folders named after their classes: <c>train/cat/1.png</c> and <c>test/cat/2.png</c> (split folders train, val,
/// valid, validation, test in any case), or <c>cat/1.png</c>, which gives Train alone. PNG, JPEG, BMP and WebP, in sub-folders of a class
/// too. A class is called as its folder is, letter for letter. Classes and files are taken in ordinal order, or the classes in that of a
/// <c>classes.txt</c>. What is no readable image is skipped with a warning; a class folder without images keeps its place among the
/// classes, with a warning; only when there is no image at all is that an error. A table beside the images (<see cref="SampleTable"/>) says
/// what they show; where there is one, the images may lie beside it, without folders of classes.
/// </summary>
internal sealed class ImageFolderFormat : IDatasetFormat
{
    private const char NotUtf8 = '\uFFFD';
    private const string OnlyClass = "images";

    /// <inheritdoc />
    public string Name => "a folder of images";

    /// <inheritdoc />
    public bool CanStream => true;

    /// <inheritdoc />
    public bool Matches(string path) => Has(path, folder => FilesIn(folder).Any());

    /// <summary>Returns whether the classes of a folder have images, in sub-folders too.</summary>
    internal static bool MatchesDeeply(string path) => Has(path, folder => ImagesIn(folder).Any());

    /// <summary>Returns whether a folder has sub-folders for its splits.</summary>
    internal static bool HasSplits(string path) => SplitFolders(path).Values.All(folder => folder != path);

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        ImageFile.CheckTarget(options.ResizeTo, options.Channels);
        SortedDictionary<string, string> folders = SplitFolders(path);
        ClassFolder[] classes = Classes(path, folders.Values);
        NoteSystemFiles(path, folders.Values, classes, options);
        foreach (string folder in folders.Values.Append(path).Distinct(StringComparer.Ordinal).SelectMany(SystemFiles.UnreadableIn))
        {
            options.Warn?.Invoke($"{folder}: skipped, the folder cannot be read, or its name is not UTF-8.");
        }
        string[] order = ["Train", "Validation", "Test"];
        EncodedSplit[] listed =
        [
            .. order.Where(folders.ContainsKey).Select(split => ImageFolderList.Of(path, split, folders[split], classes, options)),
        ];
        if (listed.All(split => split.Images.Count == 0))
        {
            throw new DataFormatException(
                "Data.Empty",
                path,
                $"expected images ({string.Join(", ", ImageFile.Extensions)}) in folders named after their classes. Received: none."
            );
        }
        string[] tables = SampleTable.In(folders.Values.Prepend(path));
        if (classes.Length == 1 && tables.Length == 0)
        {
            options.Warn?.Invoke($"{path}: there is one class only, '{classes[0].Name}': a network has nothing to tell apart.");
        }
        Dataset read = EncodedReader.ReadDataset(path, [.. classes.Select(known => known.Name)], listed, options);
        bool isFlat = classes is [{ Folder: "" }];
        return tables.Length == 0 ? read : SampleTable.Describe(read, tables, isNeeded: isFlat, options.Warn, options.Cancellation);
    }

    /// <summary>Lists the class names of a folder, without reading an image.</summary>
    internal static string[] ClassesOf(string path) => [.. Classes(path, SplitFolders(path).Values).Select(known => known.Name)];

    /// <summary>Returns the image files of a class, those in sub-folders too; links to folders are not followed.</summary>
    internal static IEnumerable<string> ImagesIn(string folder) =>
        FilesIn(folder)
            .Concat(
                SystemFiles
                    .FoldersIn(folder)
                    .Where(sub => !File.GetAttributes(sub).HasFlag(FileAttributes.ReparsePoint))
                    .SelectMany(ImagesIn)
            );

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file =>
                ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
                && !SystemFiles.Includes(file)
                && (!file.Contains(NotUtf8) || File.Exists(file)) // .NET cannot name a file whose name is not UTF-8
            );

    private static bool Has(string path, Func<string, bool> images) =>
        Directory.Exists(path)
        && SplitFolders(path).Values.Any(split => SystemFiles.FoldersIn(split).Any(images) || (IsFlat(path, split) && images(split)));

    /// <summary>Returns whether the images of a split are described by a table and lie beside one another.</summary>
    private static bool IsFlat(string path, string split) =>
        SampleTable.In([path, split]).Length > 0 && !SystemFiles.FoldersIn(split).Any();

    private static void NoteSystemFiles(string path, IEnumerable<string> splits, ClassFolder[] classes, ReadOptions options)
    {
        IEnumerable<string> folders = splits
            .SelectMany(split => classes.Select(known => known.In(split)).Prepend(split))
            .Append(path)
            .Distinct(StringComparer.Ordinal);
        if (options.Note is not null && SystemFiles.NamesIn(folders.Where(Directory.Exists)) is { Count: > 0 } names)
        {
            options.Note($"{path}: passed over {string.Join(", ", names)}, which systems leave among images.");
        }
    }

    private static ClassFolder[] Classes(string path, IReadOnlyCollection<string> splitFolders)
    {
        if (splitFolders.All(split => IsFlat(path, split)))
        {
            return [new ClassFolder(OnlyClass, string.Empty)];
        }
        string[] found =
        [
            .. splitFolders
                .SelectMany(SystemFiles.FoldersIn)
                .Select(folder => Path.GetFileName(folder))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (ClassNames.Read(path) is not { } named)
        {
            return [.. found.Select(name => new ClassFolder(name, name))];
        }
        IReadOnlyList<string> written = ClassNames.ToFolders(named);
        ClassFolder[] known =
        [
            .. named.Select((name, i) => new ClassFolder(name, found.Contains(name, StringComparer.Ordinal) ? name : written[i])),
        ];
        IEnumerable<string> unnamed = found.Except(known.Select(folder => folder.Folder), StringComparer.Ordinal);
        return [.. known, .. unnamed.Select(name => new ClassFolder(name, name))];
    }

    /// <summary>The folder of each split; the folder itself as Train where no sub folder train has class folders.</summary>
    private static SortedDictionary<string, string> SplitFolders(string path)
    {
        var folders = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in SystemFiles.FoldersIn(path))
        {
            if (SplitWords.Split(Path.GetFileName(folder)) is { } split)
            {
                folders.TryAdd(split, folder);
            }
        }
        if (!folders.TryGetValue("Train", out string? train) || !(SystemFiles.FoldersIn(train).Any() || IsFlat(path, train)))
        {
            folders.Clear();
            folders["Train"] = path;
        }
        return folders;
    }
}
