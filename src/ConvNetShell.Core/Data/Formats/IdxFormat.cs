using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Data.Arrays;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// A folder in the layout of MNIST and Fashion-MNIST: <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, the same with
/// <c>t10k</c> (or <c>test</c>, <c>validation</c>), each plain or .gz, also written <c>.idx3-ubyte</c>. Color images are four-dimensional
/// (<c>idx4</c>: images x rows x columns x 3). Class names stand in <c>classes.txt</c>; without it, a folder named after Fashion-MNIST has
/// that
/// set's names and any other has numbers.
/// </summary>
internal sealed partial class IdxFormat : IDatasetFormat
{
    private static readonly (string Split, string[] Prefixes)[] SplitPrefixes =
    [
        ("Train", ["train"]),
        ("Validation", ["validation", "val", "valid"]),
        ("Test", ["t10k", "test"]),
    ];

    /// <inheritdoc />
    public string Name => "IDX files";

    /// <inheritdoc />
    public bool CanStream => false;

    /// <inheritdoc />
    public bool Matches(string path) =>
        File.Exists(path)
            ? FileName().IsMatch(Path.GetFileName(path))
            : Directory.Exists(path) && Find(path, SplitPrefixes[0].Prefixes, "images") is not null;

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        string folder = File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        DatasetSplit?[] splits = [.. SplitPrefixes.Select(entry => ReadSplit(folder, entry.Split, entry.Prefixes, options))];
        if (splits[0] is not { } train)
        {
            throw new DataFormatException(
                "Data.Empty",
                folder,
                "expected train-images-idx3-ubyte (plain or .gz). Received: a folder without it."
            );
        }
        if (splits[2] is null)
        {
            options.Warn?.Invoke($"{folder} has no t10k-images file: there is no Test split.");
        }
        bool fashion = Path.GetFullPath(folder).Contains("fashion", StringComparison.OrdinalIgnoreCase);
        int highest = splits.OfType<DatasetSplit>().Max(split => split.LabelArray.Max());
        IReadOnlyList<string> classes =
            ClassNames.Read(folder)
            ?? (
                fashion && highest < 10
                    ? KnownDatasets.FashionMnist.Classes
                    : [.. Enumerable.Range(0, Math.Max(10, highest + 1)).Select(i => i.ToString(CultureInfo.InvariantCulture))]
            );
        return new Dataset(
            fashion ? KnownDatasets.FashionMnist.Name : Path.GetFileName(Path.GetFullPath(folder)),
            folder,
            classes,
            train,
            splits[1],
            splits[2]
        );
    }

    private static DatasetSplit? ReadSplit(string folder, string split, string[] prefixes, ReadOptions options)
    {
        if (Find(folder, prefixes, "images") is not { } imagePath)
        {
            return null;
        }
        options.Cancellation.ThrowIfCancellationRequested();
        string labelPath =
            Find(folder, prefixes, "labels")
            ?? throw new DataFormatException(
                "Data.CountMismatch",
                imagePath,
                $"expected {prefixes[0]}-labels-idx1-ubyte beside it. Received: no file of that name."
            );
        IdxFile images = IdxFile.Read(imagePath, 3, 4);
        IdxFile labels = IdxFile.Read(labelPath, 1);
        int[] sizes = images.Dimensions;
        int channels = sizes.Length == 4 ? sizes[3] : 1;
        if (sizes[0] != labels.Dimensions[0])
        {
            throw new DataFormatException(
                "Data.CountMismatch",
                labelPath,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected one label for each of the {sizes[0]} images in {Path.GetFileName(imagePath)}. Received: "
                        + $"{labels.Dimensions[0]} labels."
                )
            );
        }
        if (channels is not (1 or 3))
        {
            throw new DataFormatException(
                "Data.BadDimensions",
                imagePath,
                $"expected images x rows x columns, with 1 or 3 channels last. Received: {IdxFile.Text(sizes)}."
            );
        }
        options.Progress?.Report(new DataProgress($"Reading {split}", sizes[0], sizes[0], "images"));
        return new DatasetSplit(
            split,
            new Shape(channels, sizes[1], sizes[2]),
            images.Values,
            Array.ConvertAll(labels.Values, value => (int)value)
        );
    }

    private static string? Find(string folder, string[] prefixes, string kind) =>
        Directory
            .EnumerateFiles(folder)
            .Where(file =>
                FileName().Match(Path.GetFileName(file)) is { Success: true } match
                && prefixes.Contains(match.Groups["split"].Value, StringComparer.OrdinalIgnoreCase)
                && kind.Equals(match.Groups["kind"].Value, StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    [GeneratedRegex(
        @"^(?<split>[A-Za-z0-9]+)-(?<kind>images|labels)[-.]idx[134]-ubyte(\.gz)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex FileName();
}
