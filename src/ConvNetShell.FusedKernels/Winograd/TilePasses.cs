using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The passes of a convolution by minimal filtering over some images at a time; filters are transformed once for all.</summary>
internal sealed unsafe class TilePasses
{
    private readonly TileGrid grid,
        transposed;
    private readonly KernelScratch scratch;
    private readonly TileBuffers buffers,
        back;
    private bool hasGradient;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in: nobody else may use it while filters or their gradient are in it.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public TilePasses(WinogradShape shape, KernelScratch scratch)
    {
        Check(shape);
        this.scratch = scratch;
        grid = new TileGrid(shape.Channels, shape.Height, shape.Width, shape.Filters, shape.PaddingRows, shape.PaddingColumns);
        transposed = grid.Transposed();
        buffers = scratch.For(grid.Channels, grid.Filters);
        back = buffers.Transposed();
    }

    /// <summary>Gets how an image is cut.</summary>
    public TileGrid Grid => grid;

    /// <summary>Gets how many tiles are computed at a time.</summary>
    public int Tiles => buffers.Tiles;

    /// <summary>Gets what brings other memory nearer while a pass computes.</summary>
    public CacheAhead Ahead { get; } = new();

    /// <summary>Returns the steps of <see cref="Ahead"/> that a pass takes: for each tile one in both transforms, and for each point of
    /// the tiles that are computed at a time.</summary>
    /// <param name="count">How many images.</param>
    public long Steps(int count)
    {
        long tiles = (long)count * grid.Count;
        return 2 * tiles + (tiles + buffers.Tiles - 1) / buffers.Tiles * Tile.Points;
    }

    private FilterTransform Transform => new(grid.Channels, grid.Filters, scratch.Workspace, scratch.Block);

    /// <summary>Takes the filters for <see cref="Forward"/>.</summary>
    /// <param name="filters">The filters.</param>
    public void SetFilters(float* filters) => Transform.Forward(filters, (float*)buffers.Filters, buffers.FilterStep);

    /// <summary>Takes the filters for <see cref="InputGradient"/>, instead of those for <see cref="Forward"/>.</summary>
    /// <param name="filters">The filters.</param>
    public void SetBackwardFilters(float* filters) => Transform.Backward(filters, (float*)buffers.Filters, buffers.FilterStep);

    /// <summary>Computes outputs.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="output">Where the outputs go.</param>
    public void Forward(float* images, int count, float* bias, float* output) => Convolve(grid, buffers, images, count, bias, output);

    /// <summary>Computes gradients of images.</summary>
    /// <param name="gradient">The gradient of the outputs.</param>
    /// <param name="count">How many images.</param>
    /// <param name="inputGradient">Where the gradient of the images goes.</param>
    public void InputGradient(float* gradient, int count, float* inputGradient) =>
        Convolve(transposed, back, gradient, count, null, inputGradient);

    /// <summary>Adds what some images have for the gradient of the filters.</summary>
    /// <param name="images">The images.</param>
    /// <param name="gradient">The gradient of their outputs.</param>
    /// <param name="count">How many images.</param>
    public void AddFilterGradient(float* images, float* gradient, int count)
    {
        var input = new InputTransform(grid, grid.Images, scratch.Workspace, Ahead);
        var output = new GradientTransform(grid, scratch.Workspace, Ahead);
        var panels = new Panels(Lanes.Vectors(grid.Filters) * Lanes.Count, grid.Channels);
        float* inputs = (float*)buffers.Inputs,
            sums = (float*)buffers.Sums,
            totals = scratch.Gradients(buffers);
        long all = (long)count * grid.Count;
        for (long first = 0; first < all; first += buffers.Tiles)
        {
            int tiles = (int)Math.Min(buffers.Tiles, all - first);
            input.Run(images, first, tiles, inputs, buffers.InputStep);
            output.Run(gradient, first, tiles, sums, buffers.SumStep);
            for (nint i = 0; i < Tile.Points; i++)
            {
                float* to = totals + i * buffers.FilterStep;
                TileProducts.SumGradients(sums + i * buffers.SumStep, inputs + i * buffers.InputStep, tiles, panels, hasGradient, to);
                Ahead.Step();
            }
            hasGradient = true;
        }
    }

    /// <summary>Writes the gradient of the filters, and begins a new one.</summary>
    /// <param name="filterGradient">Where it goes; zeros where there were no images.</param>
    public void TakeFilterGradient(float* filterGradient)
    {
        if (hasGradient)
        {
            Transform.Gradient(scratch.Gradients(buffers), buffers.FilterStep, Lanes.Vectors(grid.Filters) * Lanes.Count, filterGradient);
        }
        else
        {
            new Span<float>(filterGradient, checked(grid.Filters * Tile.Taps * grid.Channels)).Clear();
        }
        hasGradient = false;
    }

    /// <summary>Refuses sizes that no convolution has.</summary>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public static void Check(WinogradShape shape)
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

    private void Convolve(TileGrid own, TileBuffers memory, float* images, int count, float* bias, float* output)
    {
        var input = new InputTransform(own, own.Images, scratch.Workspace, Ahead);
        var convolution = new TileConvolution(input, new OutputTransform(own, own.Outputs, Ahead: Ahead), memory, Ahead);
        convolution.Run(images, bias, output, 0, (long)count * own.Count, new FilterRange(0, own.Filters));
    }
}
