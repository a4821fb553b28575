using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>Reads a dataset by its name or its path; the one entry point that finds, downloads, generates and reads.</summary>
public static class DatasetReader
{
    /// <summary>Gets the formats that a path may have, in the order they are tried.</summary>
    internal static IReadOnlyList<IDatasetFormat> Formats { get; } =
    [
        new WebDatasetFormat(),
        new CifarFormat(),
        new IdxFormat(),
        new NumpyFormat(),
        new ParquetFormat(),
        new ImageStripFormat(),
        new ImageFolderFormat(),
    ];

    /// <summary>Returns whether a text is a pattern for the shards of one dataset, as <c>train-{000000..000009}.tar</c>.</summary>
    /// <param name="text">The text, with its folder.</param>
    public static bool IsShardPattern(string text) => ShardFiles.IsPattern(text);

    /// <summary>Reads a dataset.</summary>
    /// <param name="nameOrPath">The name of a known dataset (<see cref="KnownDatasets"/>), or a folder or archive in any of the
    /// <see cref="Formats"/>, or a pattern for shards.</param>
    /// <param name="options">How to find and read it; default: every default.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InvalidSettingException">It is neither a known name nor an existing path.</exception>
    /// <exception cref="DatasetUnavailableException">It is known, but neither on this machine nor to be downloaded.</exception>
    /// <exception cref="DataFormatException">A file is not what its format says.</exception>
    public static Dataset Read(string nameOrPath, ReadOptions? options = null)
    {
        options ??= new ReadOptions();
        if (KnownDatasets.Find(nameOrPath) is { } known)
        {
            return Read(known, options);
        }
        if (File.Exists(nameOrPath) || Directory.Exists(nameOrPath))
        {
            return ReadPath(Path.GetFullPath(nameOrPath), options);
        }
        if (ShardFiles.IsPattern(nameOrPath))
        {
            return Read(FormatOf(nameOrPath) ?? new WebDatasetFormat(), Path.GetFullPath(nameOrPath), options);
        }
        throw new InvalidSettingException(
            "A dataset",
            $"a known name ({string.Join(", ", KnownDatasets.All.Select(set => set.Name))}) or an existing folder or archive",
            nameOrPath
        );
    }

    /// <summary>Reads a known dataset from where it is found, else downloads it into the user's data folder first.</summary>
    /// <param name="known">The dataset.</param>
    /// <param name="options">How to find and read it.</param>
    /// <returns>The dataset, under its known name.</returns>
    /// <exception cref="DatasetUnavailableException">It is neither on this machine nor to be downloaded.</exception>
    /// <exception cref="DataFormatException">A file is not what its format says, or holds another dataset.</exception>
    public static Dataset Read(KnownDataset known, ReadOptions options)
    {
        if (known.Generate is not null)
        {
            if (options.Stream)
            {
                throw CannotStream($"{known.Name}, which is generated in memory");
            }
            Dataset made = known.Generate(known.TrainCount, known.TestCount, options.Seed, options.Cancellation);
            return Resized(made, options);
        }
        Dataset read = ReadPath(Locate(known, options), options);
        int classes = options.CoarseLabels ? read.Classes.Count : known.Classes.Count;
        if (!read.InputShape.Equals(options.ResizeTo ?? known.Shape) || read.Classes.Count != classes)
        {
            throw new DataFormatException("Data.WrongDataset", read.Source, $"expected {known}. Received: {read}.");
        }
        if (
            read.Train.Count + (read.Validation?.Count ?? 0) != known.TrainCount
            || (read.Test is not null && read.Test.Count != known.TestCount)
        )
        {
            options.Warn?.Invoke($"{read.Source}: expected {known}. Received: {read}.");
        }
        return new Dataset(known.Name, read.Source, read.Classes, read.Train, read.Validation, read.Test);
    }

    /// <summary>Returns where a known dataset is, downloading it into the user's data folder if it is nowhere.</summary>
    /// <param name="known">A published dataset.</param>
    /// <param name="options">Where to look, and whether to download.</param>
    /// <returns>The folder or archive.</returns>
    /// <exception cref="DatasetUnavailableException">It is neither on this machine nor to be downloaded.</exception>
    public static string Locate(KnownDataset known, ReadOptions options)
    {
        DatasetLocation location = DatasetLocator.Find(known, options.Places, options.Path);
        return location.Path ?? Fetch(location, options);
    }

    /// <summary>
    /// Reads a folder or archive; the names of its files decide the format, or those of the only subfolder that has files.
    /// </summary>
    /// <param name="path">An existing folder or file.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="DataFormatException">The format is unknown (Data.UnknownFormat), or a file does not match its format.</exception>
    public static Dataset ReadPath(string path, ReadOptions options)
    {
        if (FormatOf(path) is { } format)
        {
            return Read(format, path, options);
        }
        string[] candidates = Directory.Exists(path) ? [.. SystemFiles.FoldersIn(path).Where(folder => FormatOf(folder) is not null)] : [];
        return candidates switch
        {
            [string only] => Read(FormatOf(only)!, only, options),
            _ when candidates.All(IsClass) && ImageFolderFormat.MatchesDeeply(path) => Read(new ImageFolderFormat(), path, options),
            [] => throw new DataFormatException(
                "Data.UnknownFormat",
                path,
                $"expected {string.Join(", ", Formats.Select(known => known.Name))} ({string.Join(", ", ImageFile.Extensions)}) in "
                    + $"folders named after their classes. Received: {Contents(path)}."
            ),
            _ => throw new DataFormatException(
                "Data.UnknownFormat",
                path,
                $"expected one dataset. Received: {candidates.Length} "
                    + $"({string.Join(", ", candidates.Select(Path.GetFileName))}); name one of these folders."
            ),
        };
    }

    private static Dataset Read(IDatasetFormat format, string path, ReadOptions options) =>
        format.CanStream || !options.Stream
            ? Resized(format.Read(path, options), options)
            : throw CannotStream($"{format.Name} at {path}, which are read into memory; leave -Stream out");

    private static InvalidSettingException CannotStream(string received) =>
        new(
            "Stream",
            $"given for {string.Join(" or ", Formats.Where(format => format.CanStream).Select(format => format.Name))}",
            received
        );

    /// <summary>Resizes what a format that has one size only has read; image files were resized as they were read.</summary>
    private static Dataset Resized(Dataset read, ReadOptions options) =>
        options.ResizeTo is null ? read : DatasetFit.To(read, options.ResizeTo, options.Fit, options.Cancellation);

    /// <summary>Returns whether a folder that looks like a dataset may be a class whose images are in sub-folders.</summary>
    private static bool IsClass(string folder) => FormatOf(folder) is ImageFolderFormat && !ImageFolderFormat.HasSplits(folder);

    /// <summary>Says which files there are in a folder that is no dataset.</summary>
    private static string Contents(string path)
    {
        string[] endings = Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
                    .Where(file => !SystemFiles.Includes(file))
                    .Select(file => Path.GetExtension(file).ToLowerInvariant())
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Take(10)
                    .Select(ending => ending.Length == 0 ? "no ending" : ending),
            ]
            : [];
        return endings.Length == 0 ? "none of these" : $"files with {string.Join(", ", endings)}";
    }

    private static IDatasetFormat? FormatOf(string path) => Formats.FirstOrDefault(format => format.Matches(path));

    private static string Fetch(DatasetLocation location, ReadOptions options)
    {
        KnownDataset known = location.Known;
        string looked = $"{known.Name} is not on this machine. Looked in: {string.Join(", ", location.Searched)}.";
        if (options.Path is not null)
        {
            throw new DatasetUnavailableException(
                known.Name,
                $"{looked} Expected there: {known.Markers[0]}, or a folder with it, or images in folders named after the classes."
            );
        }
        string folder = Path.Combine(options.Places.User, known.Name);
        if (!options.Download)
        {
            throw new DatasetUnavailableException(
                known.Name,
                $"{looked} Let it be downloaded, or put {string.Join(", ", known.Files.Select(file => file.Name))} in {folder}."
            );
        }
        try
        {
            options.Downloader.DownloadAsync(known, folder, options.Progress, options.Cancellation).GetAwaiter().GetResult();
        }
        catch (DatasetUnavailableException error)
        {
            throw new DatasetUnavailableException(known.Name, $"{looked} {error.Message}", error);
        }
        return DatasetLocator.Find(known, options.Places, folder).Path!;
    }
}
