using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Columns;

/// <summary>
/// A convolution with windows of any size and step as products of matrices, in float32, forward and backward, on the calling thread. Images
/// and filters are stored pixel by pixel (image, row, column, channel). An image's output and gradient have the same bits whatever other
/// images are computed with it.
/// </summary>
public sealed unsafe class ColumnConvolution : IRowConvolution
{
    /// <summary>The pixels that are computed at a time: their windows stay in the caches.</summary>
    internal const int Together = 64;

    private readonly ColumnShape shape;
    private readonly KernelScratch scratch;
    private readonly WindowRows windows;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public ColumnConvolution(ColumnShape shape, KernelScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scratch);
        DirectWindow window = shape.Window;
        bool isPossible =
            shape is { Channels: > 0, Height: > 0, Width: > 0, Filters: > 0 }
            && window is { Rows: > 0, Columns: > 0, RowStep: > 0, ColumnStep: > 0, Frames: 1 }
            && window is { Top: >= 0, Left: >= 0, Bottom: >= 0, Right: >= 0 }
            && shape.Height + window.Top + window.Bottom >= window.Rows
            && shape.Width + window.Left + window.Right >= window.Columns;
        if (!isPossible)
        {
            throw new ArgumentException(
                "Expected at least one channel and one filter, and windows that fit into the padded image; received "
                    + $"{shape.Filters} filters on {shape.Channels}x{shape.Height}x{shape.Width} with {window}.",
                nameof(shape)
            );
        }
        (this.shape, this.scratch) = (shape, scratch);
        windows = new WindowRows(shape);
    }

    private Panels Weights => new(shape.Length, shape.Filters);

    private Panels Transposed => new(shape.Filters, shape.Length);

    // rows of gradients are multiplied a vector at a time
    private Panels Gradients => new(Lanes.Vectors(shape.Filters) * Lanes.Count, shape.Length);

    /// <inheritdoc />
    public void Forward(float* images, int count, float* filters, float* bias, float* output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ColumnBuffers memory = Memory();
        FilterPanels.PackTransposed(filters, Weights, (float*)memory.Filters);
        float* rows = (float*)memory.Windows,
            sums = (float*)memory.Sums;
        for (int image = 0; image < count; image++, images += shape.Image)
        {
            for (int first = 0; first < shape.Pixels; first += Together)
            {
                int pixels = Math.Min(Together, shape.Pixels - first);
                windows.Take(images, first, pixels, rows);
                TileProducts.Sum(
                    rows,
                    (float*)memory.Filters,
                    Weights,
                    pixels,
                    new FilterRange(0, shape.Filters),
                    (float*)memory.Filters,
                    sums
                );
                Write(sums, pixels, bias, output);
                output += (nint)pixels * shape.Filters;
            }
        }
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
        ColumnBuffers memory = Memory();
        if (biasGradient is not null)
        {
            PixelSum.Run(gradient, count, shape.Pixels, shape.Filters, biasGradient);
        }
        FilterPanels.Pack(filters, Transposed, (float*)memory.Filters);
        new Span<float>((float*)memory.Gradients, Gradients.Size).Clear();
        for (int image = 0; image < count; image++, images += shape.Image)
        {
            if (inputGradient is not null)
            {
                new Span<float>(inputGradient, checked((int)shape.Image)).Clear();
            }
            for (int first = 0; first < shape.Pixels; first += Together)
            {
                int pixels = Math.Min(Together, shape.Pixels - first);
                Read(gradient, pixels, (float*)memory.Slopes);
                gradient += (nint)pixels * shape.Filters;
                if (filterGradient is not null)
                {
                    AddFilterGradient(images, first, pixels, memory);
                }
                if (inputGradient is not null)
                {
                    AddInputGradient(inputGradient, first, pixels, memory);
                }
            }
            inputGradient = inputGradient is null ? null : inputGradient + shape.Image;
        }
        if (filterGradient is not null)
        {
            FilterPanels.Unpack((float*)memory.Gradients, Gradients, shape.Filters, filterGradient);
        }
    }

    private ColumnBuffers Memory() => scratch.ForColumns(shape.Length, shape.Filters, Together);

    private void AddFilterGradient(float* image, int first, int pixels, ColumnBuffers memory)
    {
        float* rows = (float*)memory.Windows;
        windows.Take(image, first, pixels, rows);
        TileProducts.SumGradients((float*)memory.Slopes, rows, pixels, Gradients, adds: true, (float*)memory.Gradients);
    }

    private void AddInputGradient(float* inputGradient, int first, int pixels, ColumnBuffers memory)
    {
        float* sums = (float*)memory.Sums;
        var all = new FilterRange(0, shape.Length);
        TileProducts.Sum((float*)memory.Slopes, (float*)memory.Filters, Transposed, pixels, all, (float*)memory.Filters, sums);
        windows.Add(sums, first, pixels, inputGradient);
    }

    /// <summary>Reads gradients of outputs; what fills up the vectors is zero.</summary>
    private void Read(float* gradient, int pixels, float* to)
    {
        int stride = Tile.Stride(shape.Filters);
        for (int pixel = 0; pixel < pixels; pixel++, to += stride, gradient += shape.Filters)
        {
            new ReadOnlySpan<float>(gradient, shape.Filters).CopyTo(new Span<float>(to, stride));
            new Span<float>(to, stride)[shape.Filters..].Clear();
        }
    }

    private void Write(float* sums, int pixels, float* bias, float* output)
    {
        int stride = Tile.Stride(shape.Filters);
        for (int pixel = 0; pixel < pixels; pixel++, sums += stride, output += shape.Filters)
        {
            if (bias is null)
            {
                new ReadOnlySpan<float>(sums, shape.Filters).CopyTo(new Span<float>(output, shape.Filters));
                continue;
            }
            for (int filter = 0; filter < shape.Filters; filter++)
            {
                output[filter] = sums[filter] + bias[filter];
            }
        }
    }
}
