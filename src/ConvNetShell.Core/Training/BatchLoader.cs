using System.Runtime.InteropServices;
using ConvNetShell.Core.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>
/// Makes batches out of a split: gathers, augments and normalises in one pass over the bytes, straight into the memory
/// of a tensor that it uses again for every batch. Batches are channels first by shape (NxCxHxW; NxCxL, NxCxTxHxW) and channels last in memory, which
/// libtorch's convolutions are several times faster on.
/// </summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly DatasetSplit split;
    private readonly Device device;
    private readonly PixelNormalizer normalizer;
    private readonly int channels, height, width; // rows of all frames; a signal is one row
    private readonly long[] order;
    private readonly Tensor pixels, labels;
    private readonly byte[] row;

    public BatchLoader(DatasetSplit split, ChannelStatistics statistics, int capacity, Device device)
    {
        this.split = split;
        this.device = device;
        normalizer = new PixelNormalizer(statistics, split.Shape);
        int[] spatial = split.Shape.Spatial.ToArray();
        (channels, width) = (split.Shape.Channels, spatial.Length == 0 ? 1 : spatial[^1]);
        height = (int)(split.Shape.Elements / (width * channels));
        row = new byte[width * channels];
        pixels = empty([capacity, .. spatial.Select(size => (long)size), channels]).DetachFromDisposeScope();
        order = [0, spatial.Length + 1, .. Enumerable.Range(1, spatial.Length).Select(d => (long)d)];
        labels = empty(capacity, ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>Fills the buffers with a batch; it is valid until the next call.</summary>
    /// <param name="indices">Which images.</param>
    /// <param name="augmentation">What is done to them.</param>
    /// <param name="random">The stream augmentation draws from; needed where there is augmentation.</param>
    public (Tensor Images, Tensor Labels) Load(ReadOnlySpan<int> indices, Augmentation augmentation, SeededRandom? random = null)
    {
        Span<float> target = MemoryMarshal.Cast<byte, float>(pixels.bytes);
        Span<long> targets = MemoryMarshal.Cast<byte, long>(labels.bytes);
        int size = height * row.Length;
        for (int i = 0; i < indices.Length; i++)
        {
            targets[i] = split.LabelArray[indices[i]];
            Place(split.Image(indices[i]), target.Slice(i * size, size), augmentation, random);
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

    private void Place(ReadOnlySpan<byte> image, Span<float> target, Augmentation augmentation, SeededRandom? random)
    {
        bool flip = augmentation.Flip && random!.NextInt(2) == 1;
        int down = augmentation.Shift > 0 ? random!.NextInt(2 * augmentation.Shift + 1) - augmentation.Shift : 0;
        int right = augmentation.Shift > 0 ? random!.NextInt(2 * augmentation.Shift + 1) - augmentation.Shift : 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = image.Slice(Mirror(y - down, height) * row.Length, row.Length);
            if (flip || right != 0)
            {
                Arrange(source, flip, right);
                source = row;
            }
            normalizer.Row(source, target.Slice(y * row.Length, row.Length));
        }
    }

    private void Arrange(ReadOnlySpan<byte> source, bool flip, int right)
    {
        for (int x = 0, at = 0; x < width; x++)
        {
            int from = Mirror(x - right, width);
            from = (flip ? width - 1 - from : from) * channels;
            for (int c = 0; c < channels; c++)
            {
                row[at++] = source[from + c];
            }
        }
    }

    /// <summary>Returns the place that lies as far inside the border as the given one lies outside (the border itself is not repeated).</summary>
    private static int Mirror(int place, int size)
    {
        while ((uint)place >= (uint)size)
        {
            place = size == 1 ? 0 : place < 0 ? -place : 2 * (size - 1) - place;
        }
        return place;
    }
}
