using System.Runtime.CompilerServices;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The products of a point of some tiles: one matrix product for all channels and filters.</summary>
internal static unsafe class TileProducts
{
    /// <summary>Multiplies tiles of the images with some of the filters.</summary>
    /// <param name="inputs">The tiles of the images.</param>
    /// <param name="filters">All filters, in panels.</param>
    /// <param name="panels">The shape of the filters: a row for each channel.</param>
    /// <param name="tiles">How many tiles. Up to fifteen more are computed, and are of no use.</param>
    /// <param name="range">Which filters.</param>
    /// <param name="next">The panel that is needed behind the last of these.</param>
    /// <param name="sums">Where the sums for the outputs of all filters go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(float* inputs, float* filters, Panels panels, int tiles, FilterRange range, float* next, float* sums)
    {
        int stride = Tile.Stride(panels.Rows),
            result = Tile.Stride(panels.Columns);
        var tile = new ProductTile(stride, panels.Rows, result);
        // while a panel is used, a part at a time of the next one is brought nearer
        nint part = Panels.Wide / ((tiles + ProductTile.Rows - 1) / ProductTile.Rows),
            parts = part * panels.Rows;
        for (int column = range.Begin; column < range.End; column += Panels.Wide)
        {
            float* panel = filters + panels.Offset(column),
                ahead = column + Panels.Wide < range.End ? panel + (nint)panels.Rows * Panels.Wide : next,
                to = sums + column;
            bool isWide = panels.Width(column) == Panels.Wide;
            int rows = isWide ? ProductTile.Rows : 2 * ProductTile.Rows;
            for (int t = 0; t < tiles; t += rows, ahead += parts)
            {
                float* from = inputs + (nint)t * stride,
                    results = to + (nint)t * result;
                if (isWide && tiles - t <= ProductTile.Rows / 2)
                {
                    tile.Half(from, panel, results);
                }
                else if (isWide)
                {
                    tile.Two(from, panel, ahead, part, results);
                }
                else
                {
                    tile.One(from, panel, results);
                }
            }
        }
    }

    /// <summary>Sums the gradients of the filters.</summary>
    /// <param name="gradients">The gradients of the sums of the tiles.</param>
    /// <param name="inputs">The tiles of the images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="panels">The shape of the gradients: a row for each filter, filled up to vectors.</param>
    /// <param name="adds">Whether they are added to those of other tiles.</param>
    /// <param name="sums">The gradients of the filters, in panels of channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumGradients(float* gradients, float* inputs, int tiles, Panels panels, bool adds, float* sums)
    {
        var tile = new ReductionTile(Tile.Stride(panels.Rows), Tile.Stride(panels.Columns), tiles, adds);
        for (int column = 0; column < panels.Columns; column += Panels.Wide)
        {
            float* panel = sums + panels.Offset(column);
            int width = panels.Width(column);
            int rows = width == Panels.Wide ? ReductionTile.Rows : 2 * ReductionTile.Rows;
            for (int row = 0; row < panels.Rows; row += rows)
            {
                float* results = panel + (nint)row * width;
                if (width == Panels.Wide)
                {
                    tile.Two(gradients + row, inputs + column, results);
                }
                else
                {
                    tile.One(gradients + row, inputs + column, results);
                }
            }
        }
    }
}
