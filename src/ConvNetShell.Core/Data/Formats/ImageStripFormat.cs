using System.Globalization;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// A folder with ConvNetJS's image strips: <c>cifar10_batch_0.png</c> to <c>cifar10_batch_50.png</c>, each row of which is one square
/// picture (1,024 pixels for 32 x 32), and <c>cifar10_labels.js</c> with the labels of all rows. The last strip is Test, as the demo has
/// it; where there is one strip only, it is Train.
/// </summary>
internal sealed partial class ImageStripFormat : IDatasetFormat
{
    private const string LabelsEnding = "_labels.js";
    private const int LongestLabels = 16 << 20;

    /// <inheritdoc />
    public string Name => "ConvNetJS's image strips";

    /// <inheritdoc />
    public bool CanStream => false;

    /// <inheritdoc />
    public bool Matches(string path) => Directory.Exists(path) && NameIn(path) is { } name && Strips(path, name).Length > 0;

    /// <inheritdoc />
    public Dataset Read(string path, ReadOptions options)
    {
        string name = NameIn(path)!;
        (int Number, string File)[] strips = Strips(path, name);
        int[] labels = Labels(Path.Combine(path, name + LabelsEnding));
        var images = new LoadedImage[strips.Length];
        int done = 0;
        ParallelImages.For(
            strips.Length,
            null,
            i =>
            {
                images[i] = ImageFile.Load(strips[i].File, channels: 3);
                options.Progress?.Report(new DataProgress("Reading strips", Interlocked.Increment(ref done), strips.Length, "strips"));
            },
            options.Cancellation
        );
        bool areGrey = images.All(AreGrey);
        DatasetSplit Split(string split, Range range) => Make(split, strips[range], images[range], labels, areGrey);
        int train = Math.Max(1, strips.Length - 1);
        bool isCifar = name == "cifar10" && labels.All(label => label < 10);
        return new Dataset(
            name,
            path,
            ClassNames.Read(path)
                ?? (
                    isCifar
                        ? KnownDatasets.Cifar10.Classes
                        : [.. Enumerable.Range(0, labels.Max() + 1).Select(label => label.ToString(CultureInfo.InvariantCulture))]
                ),
            Split("Train", ..train),
            null,
            strips.Length > train ? Split("Test", train..) : null
        );
    }

    private static DatasetSplit Make(string split, (int Number, string File)[] strips, LoadedImage[] images, int[] labels, bool isGrey)
    {
        (int rows, int width) = (images[0].Shape[1], images[0].Shape[2]);
        int side = (int)Math.Sqrt(width),
            channels = isGrey ? 1 : 3;
        var pixels = new byte[checked(strips.Length * rows * width * channels)];
        var own = new int[strips.Length * rows];
        for (int i = 0; i < strips.Length; i++)
        {
            long first = (long)strips[i].Number * rows;
            if (side * side != width || !images[i].Shape.Equals(images[0].Shape) || first + rows > labels.Length)
            {
                throw new DataFormatException(
                    "Data.BadDimensions",
                    strips[i].File,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected {rows} rows, each a square picture of {width} pixels, and labels up to {first + rows}. Received: "
                            + $"{images[i].Shape[1]} rows of {images[i].Shape[2]} pixels, and {labels.Length} labels."
                    )
                );
            }
            labels.AsSpan((int)first, rows).CopyTo(own.AsSpan(i * rows));
            Span<byte> target = pixels.AsSpan(i * rows * width * channels, rows * width * channels);
            for (int pixel = 0; pixel < target.Length; pixel++)
            {
                target[pixel] = images[i].Pixels[isGrey ? 3 * pixel : pixel];
            }
        }
        return new DatasetSplit(split, new Shape(channels, side, side), pixels, own);
    }

    private static bool AreGrey(LoadedImage strip)
    {
        byte[] pixels = strip.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                return false;
            }
        }
        return true;
    }

    private static int[] Labels(string path)
    {
        string text = string.Join(' ', DataFile.ReadLines(path, LongestLabels));
        int start = text.IndexOf('['),
            end = text.LastIndexOf(']');
        string[] items = end > start && start >= 0 ? text[(start + 1)..end].Split(',', StringSplitOptions.TrimEntries) : [];
        var labels = new int[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (!int.TryParse(items[i], NumberStyles.None, CultureInfo.InvariantCulture, out labels[i]) || labels[i] > ushort.MaxValue)
            {
                throw new DataFormatException(
                    "Data.BadLabel",
                    path,
                    FormattableString.Invariant($"expected labels from 0 to {ushort.MaxValue}. Received: '{items[i]}' at index {i}.")
                );
            }
        }
        return labels.Length > 0
            ? labels
            : throw new DataFormatException("Data.BadLabel", path, "expected a list, as var labels=[6,9,9]; Received: none.");
    }

    private static string? NameIn(string folder) =>
        Directory.GetFiles(folder, $"*{LabelsEnding}") is [string only] ? Path.GetFileName(only)[..^LabelsEnding.Length] : null;

    /// <summary>Returns the strips of a dataset with their numbers, in the order of these.</summary>
    private static (int Number, string File)[] Strips(string folder, string name) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.png")
                .Select(file => (Match: Strip().Match(Path.GetFileName(file)), File: file))
                .Where(strip => strip.Match.Success && strip.Match.Groups[1].Value == name)
                .Select(strip => (int.Parse(strip.Match.Groups[2].Value, CultureInfo.InvariantCulture), strip.File))
                .Order(),
        ];

    [GeneratedRegex(@"^(.+)_batch_([0-9]{1,5})\.png$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Strip();
}
