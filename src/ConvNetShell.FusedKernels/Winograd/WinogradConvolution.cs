using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>
/// A convolution of 3x3 pixels by minimal filtering: 36 products for each 16 pixels of the output instead of 144, in float32, forward and
/// backward, on the calling thread. Images are stored pixel by pixel (image, row, column, channel), filters too (filter, row, column,
/// channel). Results are those of sums in float32 but for about twice the
/// rounding error; an image's output and gradient have the same bits whatever other images are computed with it. A number of an image that
/// is infinite or none makes none of all pixels of the tiles of 4x4 that it reaches, not only of the 3x3 next to it.
/// </summary>
public sealed unsafe class WinogradConvolution
{
    private readonly TileGrid grid,
        transposed;
    private readonly WinogradScratch scratch;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public WinogradConvolution(WinogradShape shape, WinogradScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scratch);
        Check(shape);
        (Shape, this.scratch) = (shape, scratch);
        grid = new TileGrid(shape.Channels, shape.Height, shape.Width, shape.Filters, shape.PaddingRows, shape.PaddingColumns);
        transposed = grid.Transposed();
    }

    /// <summary>Gets a value indicating whether this processor can: it needs AVX-512.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Gets the sizes.</summary>
    public WinogradShape Shape { get; }

    /// <summary>Computes the output.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="output">Where the outputs go.</param>
    public void Forward(float* images, int count, float* filters, float* bias, float* output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return;
        }
        TileBuffers buffers = scratch.For(grid.Channels, grid.Filters);
        Transform.Forward(filters, (float*)buffers.Filters, buffers.FilterStep);
        Convolve(grid, buffers, images, count, bias, output);
    }

    /// <summary>Computes the gradients.</summary>
    /// <param name="images">The images.</param>
    /// <param name="gradient">The gradient of the outputs.</param>
    /// <param name="count">How many images.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="inputGradient">Where the gradient of the images goes, or null.</param>
    /// <param name="filterGradient">Where the gradient of the filters goes, or null.</param>
    /// <param name="biasGradient">Where the gradient of the bias goes, or null.</param>
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
        if (biasGradient is not null)
        {
            PixelSum.Run(gradient, count, grid.OutputHeight * grid.OutputWidth, grid.Filters, biasGradient);
        }
        if (filterGradient is not null && count == 0)
        {
            new Span<float>(filterGradient, checked(grid.Filters * Tile.Taps * grid.Channels)).Clear();
        }
        else if (filterGradient is not null)
        {
            SumFilterGradient(images, gradient, count, filterGradient);
        }
        if (inputGradient is not null && count > 0)
        {
            TileBuffers buffers = scratch.For(grid.Channels, grid.Filters).Transposed();
            Transform.Backward(filters, (float*)buffers.Filters, buffers.FilterStep);
            Convolve(transposed, buffers, gradient, count, null, inputGradient);
        }
    }

    private FilterTransform Transform => new(grid.Channels, grid.Filters, scratch.Workspace, scratch.Block);

    private void Convolve(TileGrid own, TileBuffers buffers, float* images, int count, float* bias, float* output)
    {
        var input = new InputTransform(own, scratch.Workspace);
        var result = new OutputTransform(own, scratch.Workspace);
        var panels = new Panels(own.Channels, own.Filters);
        float* inputs = (float*)buffers.Inputs,
            sums = (float*)buffers.Sums,
            filters = (float*)buffers.Filters;
        long all = (long)count * own.Count;
        for (long first = 0; first < all; first += buffers.Tiles)
        {
            int tiles = (int)Math.Min(buffers.Tiles, all - first);
            input.Run(images, first, tiles, inputs, buffers.InputStep);
            for (nint i = 0; i < Tile.Points; i++)
            {
                float* to = sums + i * buffers.SumStep;
                TileProducts.Sum(inputs + i * buffers.InputStep, filters + i * buffers.FilterStep, panels, tiles, to);
            }
            result.Run(sums, buffers.SumStep, first, tiles, bias, output);
        }
    }

    private void SumFilterGradient(float* images, float* gradient, int count, float* filterGradient)
    {
        TileBuffers buffers = scratch.For(grid.Channels, grid.Filters);
        var input = new InputTransform(grid, scratch.Workspace);
        var output = new GradientTransform(grid, scratch.Workspace);
        var panels = new Panels(Lanes.Vectors(grid.Filters) * Lanes.Count, grid.Channels);
        float* inputs = (float*)buffers.Inputs,
            sums = (float*)buffers.Sums,
            filters = (float*)buffers.Filters;
        long all = (long)count * grid.Count;
        for (long first = 0; first < all; first += buffers.Tiles)
        {
            int tiles = (int)Math.Min(buffers.Tiles, all - first);
            input.Run(images, first, tiles, inputs, buffers.InputStep);
            output.Run(gradient, first, tiles, sums, buffers.SumStep);
            for (nint i = 0; i < Tile.Points; i++)
            {
                float* to = filters + i * buffers.FilterStep;
                TileProducts.SumGradients(sums + i * buffers.SumStep, inputs + i * buffers.InputStep, tiles, panels, first > 0, to);
            }
        }
        Transform.Gradient(filters, buffers.FilterStep, panels.Rows, filterGradient);
    }

    private static void Check(WinogradShape shape)
    {
        bool isPossible =
            shape is { Channels: > 0, Filters: > 0, Height: > 0, Width: > 0, OutputHeight: > 0, OutputWidth: > 0 }
            && shape.PaddingRows is 0 or 1
            && shape.PaddingColumns is 0 or 1;
        if (!isPossible)
        {
            throw new ArgumentException(
                "Expected at least one channel, one filter, a padding of 0 or 1 and, with it, at least "
                    + $"{Tile.Filter}x{Tile.Filter} pixels; received {shape}.",
                nameof(shape)
            );
        }
    }
}
