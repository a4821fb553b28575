using System.Collections.Concurrent;
using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Reads the image files of a dataset, in parallel, into one array a split; then drops the two spare channels if all were grey.
/// </summary>
internal sealed class EncodedReader
{
    private const int MostWarnings = 20;

    private readonly ReadOptions options;
    private readonly List<DatasetSplit> splits = [];
    private Shape? shape;
    private int anyColor;
    private int skipped;

    private EncodedReader(ReadOptions options) => (this.options, shape) = (options, options.ResizeTo);

    /// <summary>Reads the splits that have images, or lists them where they are to be streamed.</summary>
    /// <param name="splits">The image files.</param>
    /// <param name="options">How to read them.</param>
    /// <returns>The splits that have an image.</returns>
    public static IReadOnlyList<DatasetSplit> Read(IReadOnlyList<EncodedSplit> splits, ReadOptions options)
    {
        ImageFile.CheckTarget(options.ResizeTo, options.Channels);
        EncodedSplit[] present = [.. splits.Where(split => split.Images.Count > 0)];
        if (options.Stream)
        {
            return StreamedSplits.Open(present, options);
        }
        var reader = new EncodedReader(options);
        foreach (EncodedSplit split in present)
        {
            reader.Read(split);
        }
        return reader.Finish();
    }

    /// <summary>Reads a dataset, or lists it where it is to be streamed.</summary>
    /// <param name="path">Where it is; it is named after the file, or the folder.</param>
    /// <param name="classes">The class names.</param>
    /// <param name="splits">The image files.</param>
    /// <param name="options">How to read them.</param>
    /// <exception cref="DataFormatException">No image to train on can be read.</exception>
    public static Dataset ReadDataset(string path, IReadOnlyList<string> classes, IReadOnlyList<EncodedSplit> splits, ReadOptions options)
    {
        IReadOnlyList<DatasetSplit> read = Read(splits, options);
        DatasetSplit? Get(string name) => read.FirstOrDefault(split => split.Name == name);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return new Dataset(
            File.Exists(full) ? Path.GetFileNameWithoutExtension(full)
                : Directory.Exists(full) ? Path.GetFileName(full)
                : Path.GetFileName(Path.GetDirectoryName(full))!, // a pattern
            path,
            classes,
            Get("Train")
                ?? throw new DataFormatException("Data.Empty", path, "expected images to train on. Received: none that can be read."),
            Get("Validation"),
            Get("Test")
        );
    }

    private void Read(EncodedSplit split)
    {
        Shape size = FindShape(split);
        int length = checked((int)size.Elements);
        if ((long)split.Images.Count * length > DataFile.LargestArray)
        {
            throw new DataFormatException(
                "Data.TooLarge",
                split.Images.Path(0),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected at most {DataFile.LargestArray} bytes a split. Received: {split.Images.Count} images of {size}. "
                        + $"Give a smaller size that every image is resized to (for example -Resize 64x64)."
                )
            );
        }
        var pixels = new byte[split.Images.Count * length];
        var problems = new ConcurrentDictionary<int, DataFormatException>();
        int done = 0;
        Parallel.For(
            0,
            split.Images.Count,
            new ParallelOptions { CancellationToken = options.Cancellation },
            i =>
            {
                if (TryLoad(split.Images, i, size, problems) is { } image)
                {
                    image.Pixels.CopyTo(pixels.AsSpan(i * length, length));
                    Interlocked.CompareExchange(ref anyColor, image.IsGrey ? 0 : 1, 0);
                }
                int now = Interlocked.Increment(ref done);
                if (now % 256 == 0 || now == split.Images.Count)
                {
                    options.Progress?.Report(new DataProgress($"Reading {split.Name}", now, split.Images.Count, "images"));
                }
            }
        );
        Report(problems);
        int[] kept = [.. Enumerable.Range(0, split.Images.Count).Where(i => !problems.ContainsKey(i))];
        var read = new DatasetSplit(split.Name, size, pixels, split.Labels, split.Files);
        if (kept.Length > 0)
        {
            splits.Add(kept.Length == split.Images.Count ? read : read.Take(kept));
        }
    }

    private IReadOnlyList<DatasetSplit> Finish()
    {
        if (skipped > MostWarnings)
        {
            options.Warn?.Invoke(
                FormattableString.Invariant($"{skipped} image files were skipped in all; the first {MostWarnings} are named above.")
            );
        }
        bool colorAsked = (options.Channels ?? options.ResizeTo?.Channels) is not null;
        return colorAsked || anyColor != 0 ? splits : [.. splits.Select(OneChannel)];
    }

    private LoadedImage? TryLoad(IEncodedImages images, int index, Shape size, ConcurrentDictionary<int, DataFormatException> problems)
    {
        try
        {
            return EncodedSplit.Decode(images, index, size, options.ResizeTo is not null, options.Fit);
        }
        catch (DataFormatException error)
        {
            problems[index] = error;
            return null;
        }
    }

    /// <summary>
    /// A file of another size stops the reading, the first in order and so the same one each time; a broken one is named and skipped.
    /// </summary>
    private void Report(ConcurrentDictionary<int, DataFormatException> problems)
    {
        foreach (DataFormatException problem in problems.OrderBy(entry => entry.Key).Select(entry => entry.Value))
        {
            if (problem.ErrorId == "Data.UnequalSize")
            {
                throw problem;
            }
            if (skipped++ < MostWarnings)
            {
                options.Warn?.Invoke($"Skipped {problem.Message}");
            }
        }
    }

    /// <summary>The size of every image: the one asked for, else that of the first image that can be read.</summary>
    private Shape FindShape(EncodedSplit split)
    {
        int channels = options.Channels ?? options.ResizeTo?.Channels ?? 3;
        shape ??= FirstImage(split)?.Shape;

        // With nothing to go by, any size will do: every file is then named as the reading fails.
        return shape is null ? new Shape(channels, 1, 1) : new Shape(channels, shape[1], shape[2]);
    }

    /// <summary>Returns the first image that can be decoded; <see langword="null"/> where none can.</summary>
    /// <param name="split">The image files.</param>
    public static LoadedImage? FirstImage(EncodedSplit split)
    {
        for (int i = 0; i < split.Images.Count; i++)
        {
            try
            {
                return ImageFile.Decode(split.Images.Bytes(i), split.Images.Path(i), null, null, FitKind.Stretch);
            }
            catch (DataFormatException)
            {
                // Named when its turn comes to be read for good.
            }
        }
        return null;
    }

    private static DatasetSplit OneChannel(DatasetSplit split)
    {
        var pixels = new byte[split.PixelArray.Length / 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = split.PixelArray[i * 3];
        }
        return new DatasetSplit(split.Name, new Shape(1, split.Shape[1], split.Shape[2]), pixels, split.LabelArray, split.Files);
    }
}
