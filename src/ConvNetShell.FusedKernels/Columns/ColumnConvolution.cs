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
    private readonly ColumnBuffers memory;
    private readonly WindowRows windows;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public ColumnConvolution(ColumnShape shape, WinogradScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scratch);
        bool isPossible =
            shape is { Channels: > 0, Filters: > 0, Window: { Rows: > 0, Columns: > 0, RowStep: > 0, ColumnStep: > 0, Frames: 1 } }
            && shape is { OutputHeight: > 0, OutputWidth: > 0, Window: { Top: >= 0, Left: >= 0, Bottom: >= 0, Right: >= 0 } };
        if (!isPossible)
        {
            throw new ArgumentException($"Expected windows that fit into the padded image; received {shape}.", nameof(shape));
        }
        this.shape = shape;
        windows = new WindowRows(shape);
        memory = scratch.ForColumns(shape.Length, shape.Filters, Together);
    }

    private Panels Weights => new(shape.Length, shape.Filters);

    private Panels Transposed => new(shape.Filters, shape.Length);

    // rows of gradients are multiplied a vector at a time
    private Panels Gradients => new(Lanes.Vectors(shape.Filters) * Lanes.Count, shape.Length);

    /// <inheritdoc />
    public void Forward(float* images, int count, float* filters, float* bias, float* output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        FilterPanels.PackTransposed(filters, Weights, (float*)memory.Filters);
        float* rows = (float*)memory.Windows,
            sums = (float*)memory.Sums;
        for (int image = 0; image < count; image++, images += shape.Image)
        {
            for (int first = 0; first < shape.Pixels; first += Together)
            {
                int pixels = Math.Min(Together, shape.Pixels - first);
                windows.Take(images, first, pixels, rows);
                TileProducts.Sum(rows, (float*)memory.Filters, Weights, pixels, new FilterRange(0, shape.Filters), sums);
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
                Read(gradient, pixels);
                gradient += (nint)pixels * shape.Filters;
                if (filterGradient is not null)
                {
                    AddFilterGradient(images, first, pixels);
                }
                if (inputGradient is not null)
                {
                    AddInputGradient(inputGradient, first, pixels);
                }
            }
            inputGradient = inputGradient is null ? null : inputGradient + shape.Image;
        }
        if (filterGradient is not null)
        {
            FilterPanels.Unpack((float*)memory.Gradients, Gradients, shape.Filters, filterGradient);
        }
    }

    private void AddFilterGradient(float* image, int first, int pixels)
    {
        float* rows = (float*)memory.Windows;
        windows.Take(image, first, pixels, rows);
        TileProducts.SumGradients((float*)memory.Slopes, rows, pixels, Gradients, adds: true, (float*)memory.Gradients);
    }

    private void AddInputGradient(float* inputGradient, int first, int pixels)
    {
        float* sums = (float*)memory.Sums;
        var all = new FilterRange(0, shape.Length);
        TileProducts.Sum((float*)memory.Slopes, (float*)memory.Filters, Transposed, pixels, all, sums);
        windows.Add(sums, first, pixels, inputGradient);
    }

    /// <summary>Reads gradients of outputs; what fills up the vectors is zero.</summary>
    private void Read(float* gradient, int pixels)
    {
        int stride = Tile.Stride(shape.Filters);
        float* to = (float*)memory.Slopes;
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
