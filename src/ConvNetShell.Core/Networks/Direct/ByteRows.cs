using ConvNetShell.Core.Data.Batches;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>Images of bytes, which are normalized as they are read.</summary>
/// <param name="images">Frames x rows x columns x channels each.</param>
/// <param name="normalizer">Normalizes a row.</param>
internal readonly struct ByteRows(IReadOnlyList<byte[]> images, PixelNormalizer normalizer) : IImageSource
{
    /// <inheritdoc/>
    public void Read(int image, int row, Span<float> to) => normalizer.Row(images[image].AsSpan(row * to.Length, to.Length), to);
}
