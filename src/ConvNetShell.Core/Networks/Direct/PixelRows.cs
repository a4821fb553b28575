using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>The images of a batch whose channels are last in memory.</summary>
/// <param name="start">The first number.</param>
/// <param name="height">The rows of an image, those of all frames.</param>
internal readonly unsafe struct PixelRows(float* start, int height) : IImageSource
{
    private readonly float* start = start;

    /// <inheritdoc/>
    public void Read(int image, int row, Span<float> to) =>
        new ReadOnlySpan<float>(start + ((long)image * height + row) * to.Length, to.Length).CopyTo(to);
}
