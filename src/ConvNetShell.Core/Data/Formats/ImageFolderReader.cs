using System.Collections.Concurrent;
using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// Reads the image files of a dataset, in parallel, into one array a split; then drops the two spare channels if all were grey.
/// </summary>
/// <param name="options">How to read them.</param>
internal sealed class ImageFolderReader(ReadOptions options)
{
    private const int MostWarnings = 20;

    private readonly List<DatasetSplit> splits = [];
    private Shape? shape = options.ResizeTo;
    private int anyColor;
    private int skipped;

    public void Read(ImageFolderSplit split)
    {
        if (split.Files.Length == 0)
        {
            return;
        }
        Shape size = FindShape(split);
        int length = checked((int)size.Elements);
        if ((long)split.Files.Length * length > DataFile.LargestArray)
        {
            throw new DataFormatException(
                "Data.TooLarge",
                split.Files[0],
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected at most {DataFile.LargestArray} bytes a split. Received: {split.Files.Length} images of {size}. "
                        + $"Give a smaller size that every image is resized to (for example -Resize 64x64)."
                )
            );
        }
        var pixels = new byte[split.Files.Length * length];
        var problems = new ConcurrentDictionary<int, DataFormatException>();
        int done = 0;
        Parallel.For(
            0,
            split.Files.Length,
            new ParallelOptions { CancellationToken = options.Cancellation },
            i =>
            {
                if (TryLoad(split.Files[i], i, size, problems) is { } image)
                {
                    image.Pixels.CopyTo(pixels.AsSpan(i * length, length));
                    Interlocked.CompareExchange(ref anyColor, image.IsGrey ? 0 : 1, 0);
                }
                int now = Interlocked.Increment(ref done);
                if (now % 256 == 0 || now == split.Files.Length)
                {
                    options.Progress?.Report(new DataProgress($"Reading {split.Name}", now, split.Files.Length, "images"));
                }
            }
        );
        Report(problems);
        int[] kept = [.. Enumerable.Range(0, split.Files.Length).Where(i => !problems.ContainsKey(i))];
        var read = new DatasetSplit(split.Name, size, pixels, split.Labels, split.Files);
        if (kept.Length > 0)
        {
            splits.Add(kept.Length == split.Files.Length ? read : read.Take(kept));
        }
    }

    public IReadOnlyList<DatasetSplit> Finish()
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

    private LoadedImage? TryLoad(string file, int index, Shape size, ConcurrentDictionary<int, DataFormatException> problems)
    {
        try
        {
            LoadedImage image = ImageFile.Load(file, options.ResizeTo, size.Channels, options.Fit);
            if (!image.Shape.Equals(size))
            {
                problems[index] = ImageFolderSplit.UnequalSize(file, size, image.Shape);
                return null;
            }
            return image;
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
    private Shape FindShape(ImageFolderSplit split)
    {
        int channels = options.Channels ?? options.ResizeTo?.Channels ?? 3;
        for (int i = 0; shape is null && i < split.Files.Length; i++)
        {
            shape = TryLoad(split.Files[i], channels)?.Shape;
        }

        // With nothing to go by, any size will do: every file is then named as the reading fails.
        return shape is null ? new Shape(channels, 1, 1) : new Shape(channels, shape[1], shape[2]);
    }

    private static LoadedImage? TryLoad(string file, int channels)
    {
        try
        {
            return ImageFile.Load(file, null, channels);
        }
        catch (DataFormatException)
        {
            // Named when its turn comes to be read for good.
            return null;
        }
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
