using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>Images of a split in memory, which are normalized as they are read.</summary>
/// <param name="split">The split.</param>
/// <param name="indices">Which of its images.</param>
/// <param name="normalizer">Normalizes a row.</param>
internal readonly struct SplitRows(DatasetSplit split, ReadOnlyMemory<int> indices, PixelNormalizer normalizer) : IImageSource
{
    /// <inheritdoc/>
    public void Read(int image, int row, Span<float> to) =>
        normalizer.Row(split.Image(indices.Span[image]).Slice(row * to.Length, to.Length), to);
}
