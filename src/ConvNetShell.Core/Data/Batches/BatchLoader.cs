using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Makes batches on the processor: gathers, augments and normalizes in one pass over the bytes, straight into the memory
/// of a tensor that it uses again for every batch. Channels last in memory, which libtorch's convolutions are several times faster on.
/// </summary>
internal sealed class BatchLoader : IBatchSource
{
    private readonly DatasetSplit split;
    private readonly Device device;
    private readonly Augmentation augmentation;
    private readonly PixelNormalizer normalizer;
    private readonly int channels,
        rows,
        frame,
        width; // rows of all frames, and of one; a signal is one row
    private readonly long[] order;
    private readonly Tensor pixels,
        labels;
    private readonly byte[] row;
    private readonly int[] columns; // where in a row each pixel of the new row comes from, in bytes
    private readonly RandomAffine? warp;
    private readonly ColorJitter? colors;

    public BatchLoader(DatasetSplit split, ChannelStatistics statistics, int capacity, Device device, Augmentation? augmentation = null)
    {
        TorchLibrary.Open();
        this.split = split;
        this.device = device;
        this.augmentation = augmentation ?? Augmentation.None;
        this.augmentation.CheckFits(split.Shape);
        normalizer = new PixelNormalizer(statistics, split.Shape);
        int[] spatial = split.Shape.Spatial.ToArray();
        (channels, width) = (split.Shape.Channels, spatial.Length == 0 ? 1 : spatial[^1]);
        int elements = (int)split.Shape.Elements;
        rows = elements / (width * channels);
        frame = spatial.Length < 2 ? 1 : spatial[^2];
        row = new byte[width * channels];
        columns = new int[width];
        pixels = empty([capacity, .. spatial.Select(size => (long)size), channels]).DetachFromDisposeScope();
        order = [0, spatial.Length + 1, .. Enumerable.Range(1, spatial.Length).Select(d => (long)d)];
        labels = empty(capacity, ScalarType.Int64).DetachFromDisposeScope();
        warp = this.augmentation.IsWarp ? new RandomAffine(channels, rows, width) : null;
        colors = this.augmentation.Color > 0 ? new ColorJitter(channels, elements) : null;
    }

    /// <inheritdoc />
    public (Tensor Images, Tensor Labels) Load(ReadOnlySpan<int> indices, ReadOnlySpan<AugmentationSample> draws)
    {
        Span<float> target = MemoryMarshal.Cast<byte, float>(pixels.bytes);
        Span<long> targets = MemoryMarshal.Cast<byte, long>(labels.bytes);
        int size = rows * row.Length;
        byte[][]? decoded = split.Store is null ? null : Decode(indices.ToArray());
        for (int i = 0; i < indices.Length; i++)
        {
            targets[i] = split.LabelArray[indices[i]];
            Span<float> position = target.Slice(i * size, size);
            ReadOnlySpan<byte> image = decoded is null ? split.Image(indices[i]) : decoded[i];
            if (draws.IsEmpty)
            {
                Place(image, position, default);
            }
            else
            {
                Augment(image, position, draws[i]);
            }
        }
        Tensor images = pixels.narrow(0, 0, indices.Length).permute(order);
        return (images.to(device), labels.narrow(0, 0, indices.Length).to(device));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        pixels.Dispose();
        labels.Dispose();
    }

    /// <summary>Decodes the images of a batch of a streamed split, on several threads where they were not decoded ahead.</summary>
    private byte[][] Decode(int[] indices)
    {
        if (split.Store is ReadAhead ahead)
        {
            return Array.ConvertAll(indices, ahead.Image);
        }
        var decoded = new byte[indices.Length][];
        ParallelImages.For(indices.Length, split.Store!.DecodeThreads, i => decoded[i] = split.Store.Image(split.StoredIndex(indices[i])));
        return decoded;
    }

    private void Augment(ReadOnlySpan<byte> image, Span<float> target, in AugmentationSample draw)
    {
        ReadOnlySpan<byte> colored = colors is null ? image : colors.Apply(image, draw);
        if (warp is null)
        {
            Place(colored, target, draw);
        }
        else
        {
            Place(warp.Apply(colored, draw), target, default);
        }
        if (augmentation.Cutout > 0)
        {
            CutOut(target, draw.Cut, augmentation.Cutout);
        }
    }

    private void Place(ReadOnlySpan<byte> image, Span<float> target, in AugmentationSample draw)
    {
        bool moves = draw.Flip || draw.Right != 0;
        if (moves)
        {
            for (int x = 0; x < width; x++)
            {
                int from = Mirror(x - draw.Right, width);
                columns[x] = (draw.Flip ? width - 1 - from : from) * channels;
            }
        }
        for (int y = 0; y < rows; y++)
        {
            int within = y % frame;
            ReadOnlySpan<byte> source = image.Slice((y - within + Mirror(within - draw.Down, frame)) * row.Length, row.Length);
            if (moves)
            {
                Arrange(source);
                source = row;
            }
            normalizer.Row(source, target.Slice(y * row.Length, row.Length));
        }
    }

    /// <summary>
    /// Writes a row's pixels in the order of the columns. Color pictures have a loop of their own: it is a third of the cost of the general
    /// one.
    /// </summary>
    private void Arrange(ReadOnlySpan<byte> source)
    {
        Span<byte> target = row;
        if (channels == 3)
        {
            foreach (int from in columns)
            {
                ReadOnlySpan<byte> pixel = source.Slice(from, 3);
                (target[0], target[1], target[2]) = (pixel[0], pixel[1], pixel[2]);
                target = target[3..];
            }
            return;
        }
        foreach (int from in columns)
        {
            source.Slice(from, channels).CopyTo(target);
            target = target[channels..];
        }
    }

    /// <summary>Makes a square grey; part of it may lie outside.</summary>
    private void CutOut(Span<float> target, (int Down, int Right) middle, int side)
    {
        int left = Math.Max(middle.Right - side / 2, 0),
            right = Math.Min(middle.Right - side / 2 + side, width);
        for (int y = Math.Max(middle.Down - side / 2, 0); y < Math.Min(middle.Down - side / 2 + side, rows); y++)
        {
            target.Slice((y * width + left) * channels, (right - left) * channels).Clear(); // zero is the mean of the data
        }
    }

    /// <summary>
    /// Reflects a position outside the border to the inside (the border itself is not repeated).
    /// </summary>
    private static int Mirror(int position, int size)
    {
        while ((uint)position >= (uint)size)
        {
            position =
                size == 1 ? 0
                : position < 0 ? -position
                : 2 * (size - 1) - position;
        }
        return position;
    }
}
