using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms tiles of the output's gradient to the gradients of the sums of products.</summary>
/// <param name="Grid">How an image is cut.</param>
/// <param name="Workspace">Memory for a tile of vectors.</param>
internal readonly unsafe record struct GradientTransform(TileGrid Grid, nint Workspace)
{
    /// <summary>Transforms tiles.</summary>
    /// <param name="gradients">The gradients of the outputs of all images.</param>
    /// <param name="first">Which tile is the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Where the results go: point by point, then tile by tile.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* gradients, long first, int count, float* to, nint step)
    {
        var place = new TilePlace(Grid, first);
        int filters = Grid.Filters,
            whole = filters / Lanes.Count,
            vectors = Lanes.Vectors(filters);
        Vector512<float> last = Lanes.Last(filters);
        for (int tile = 0; tile < count; tile++, place.Next())
        {
            int top = place.Row * Tile.Output,
                left = place.Column * Tile.Output;
            int rows = Math.Min(Tile.Output, Grid.OutputHeight - top),
                columns = Math.Min(Tile.Output, Grid.OutputWidth - left);
            float* gradient = gradients + place.Image * Grid.OutputSize + ((nint)top * Grid.OutputWidth + left) * filters;
            for (int vector = 0; vector < whole; vector++, to += Lanes.Count)
            {
                Transform<WholeLanes>(gradient + vector * Lanes.Count, rows, columns, last, to, step);
            }
            if (whole < vectors)
            {
                Transform<SomeLanes>(gradient + whole * Lanes.Count, rows, columns, last, to, step);
                to += Lanes.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<T>(float* gradient, int rows, int columns, Vector512<float> mask, float* to, nint step)
        where T : struct, ILaneAccess
    {
        const int line = Tile.Input * Lanes.Count;
        nint filters = Grid.Filters,
            row = Grid.OutputWidth * filters;
        var space = (float*)Workspace;
        for (int y = 0; y < Tile.Output; y++, gradient += row)
        {
            float* results = space + y * line;
            if (y >= rows)
            {
                for (int x = 0; x < line; x += Lanes.Count)
                {
                    Vector512<float>.Zero.Store(results + x);
                }
                continue;
            }
            Line.OutputGradient(
                T.Load(gradient, mask),
                columns > 1 ? T.Load(gradient + filters, mask) : Vector512<float>.Zero,
                columns > 2 ? T.Load(gradient + 2 * filters, mask) : Vector512<float>.Zero,
                columns > 3 ? T.Load(gradient + 3 * filters, mask) : Vector512<float>.Zero,
                results,
                Lanes.Count
            );
        }
        for (int x = 0; x < Tile.Input; x++, space += Lanes.Count, to += step)
        {
            Line.OutputGradient(
                Vector512.Load(space),
                Vector512.Load(space + line),
                Vector512.Load(space + 2 * line),
                Vector512.Load(space + 3 * line),
                to,
                Tile.Input * step
            );
        }
    }
}
