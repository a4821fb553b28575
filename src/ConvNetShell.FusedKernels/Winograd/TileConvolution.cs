using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>A convolution of some tiles with transformed filters: transform, products, transform, a few tiles at a time.</summary>
/// <param name="Input">Transforms tiles of the images.</param>
/// <param name="Output">Transforms to tiles of the outputs.</param>
/// <param name="Memory">Where the filters are, and memory to work in.</param>
/// <param name="Ahead">Brings memory that is needed later nearer meanwhile; none for nothing.</param>
internal readonly unsafe record struct TileConvolution(
    InputTransform Input,
    OutputTransform Output,
    TileBuffers Memory,
    CacheAhead? Ahead = null
)
{
    /// <summary>Computes outputs.</summary>
    /// <param name="images">All images.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="outputs">All outputs.</param>
    /// <param name="begin">The first tile.</param>
    /// <param name="end">The tile behind the last.</param>
    /// <param name="range">The filters.</param>
    public void Run(float* images, float* bias, float* outputs, long begin, long end, FilterRange range)
    {
        var panels = new Panels(Input.Grid.Channels, Input.Grid.Filters);
        float* inputs = (float*)Memory.Inputs,
            sums = (float*)Memory.Sums,
            filters = (float*)Memory.Filters,
            begins = filters + panels.Offset(range.Begin);
        for (long first = begin; first < end; first += Memory.Tiles)
        {
            int tiles = (int)Math.Min(Memory.Tiles, end - first);
            Input.Run(images, first, tiles, inputs, Memory.InputStep);
            for (nint i = 0; i < Tile.Points; i++)
            {
                float* to = sums + i * Memory.SumStep;
                float* next = begins + (i + 1) % Tile.Points * Memory.FilterStep;
                TileProducts.Sum(inputs + i * Memory.InputStep, filters + i * Memory.FilterStep, panels, tiles, range, next, to);
                Ahead?.Step();
            }
            Output.Run(sums, Memory.SumStep, first, tiles, range, bias, outputs);
        }
    }
}
