using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>
/// A convolution of 3x3 pixels by minimal filtering: 36 products for each 16 pixels of the output instead of 144, in float32, forward and
/// backward, on the calling thread. Images are stored pixel by pixel (image, row, column, channel), filters too (filter, row, column,
/// channel). Results are those of sums in float32 but for about twice the
/// rounding error; an image's output and gradient have the same bits whatever other images are computed with it. A number of an image that
/// is infinite or none makes none of all pixels of the tiles of 4x4 that it reaches, not only of the 3x3 next to it.
/// </summary>
public sealed unsafe class WinogradConvolution : IRowConvolution
{
    private readonly KernelScratch scratch;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public WinogradConvolution(WinogradShape shape, KernelScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scratch);
        TilePasses.Check(shape);
        (Shape, this.scratch) = (shape, scratch);
    }

    /// <summary>Gets a value indicating whether this processor can: it needs AVX-512.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Gets the sizes.</summary>
    public WinogradShape Shape { get; }

    /// <inheritdoc />
    public void Forward(float* images, int count, float* filters, float* bias, float* output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return;
        }
        var passes = new TilePasses(Shape, scratch);
        passes.SetFilters(filters);
        passes.Forward(images, count, bias, output);
    }

    /// <inheritdoc />
    public void Backward(
        float* images,
        float* gradient,
        int count,
        float* filters,
        float* inputGradient,
        float* filterGradient,
        float* biasGradient
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var passes = new TilePasses(Shape, scratch);
        if (biasGradient is not null)
        {
            PixelSum.Run(gradient, count, Shape.OutputHeight * Shape.OutputWidth, Shape.Filters, biasGradient);
        }
        if (filterGradient is not null)
        {
            passes.AddFilterGradient(images, gradient, count);
            passes.TakeFilterGradient(filterGradient);
        }
        if (inputGradient is not null && count > 0)
        {
            passes.SetBackwardFilters(filters);
            passes.InputGradient(gradient, count, inputGradient);
        }
    }
}
