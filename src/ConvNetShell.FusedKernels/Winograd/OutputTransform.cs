using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms sums of products to tiles of the output.</summary>
/// <param name="Grid">How an image is cut.</param>
/// <param name="Workspace">Memory for a tile of vectors.</param>
internal readonly unsafe record struct OutputTransform(TileGrid Grid, nint Workspace)
{
    /// <summary>Transforms tiles.</summary>
    /// <param name="from">The sums: point by point, then tile by tile.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    /// <param name="first">Which tile is the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="outputs">The outputs of all images.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* from, nint step, long first, int count, float* bias, float* outputs)
    {
        var place = new TilePlace(Grid, first);
        int filters = Grid.Filters,
            vectors = Lanes.Vectors(filters);
        int whole = filters / Lanes.Count;
        Vector512<float> last = Lanes.Last(filters);
        for (int tile = 0; tile < count; tile++, place.Next())
        {
            int top = place.Row * Tile.Output,
                left = place.Column * Tile.Output;
            int rows = Math.Min(Tile.Output, Grid.OutputHeight - top),
                columns = Math.Min(Tile.Output, Grid.OutputWidth - left);
            float* output = outputs + place.Image * Grid.OutputSize + ((nint)top * Grid.OutputWidth + left) * filters;
            for (int vector = 0; vector < vectors; vector++, from += Lanes.Count)
            {
                int filter = vector * Lanes.Count;
                if (vector < whole)
                {
                    Vector512<float> added = bias is null ? Vector512<float>.Zero : Vector512.Load(bias + filter);
                    Transform<WholeLanes>(from, step, added, last, output + filter, rows, columns);
                }
                else
                {
                    Vector512<float> added = bias is null ? Vector512<float>.Zero : SomeLanes.Load(bias + filter, last);
                    Transform<SomeLanes>(from, step, added, last, output + filter, rows, columns);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<T>(float* from, nint step, Vector512<float> bias, Vector512<float> mask, float* output, int rows, int columns)
        where T : struct, ILaneAccess
    {
        const int line = Tile.Input * Lanes.Count;
        nint filters = Grid.Filters,
            row = Grid.OutputWidth * filters;
        float* space = (float*)Workspace,
            results = space;
        for (int x = 0; x < Tile.Input; x++, from += step, results += Lanes.Count)
        {
            (Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth) = Line.Output(
                from,
                Tile.Input * step
            );
            first.Store(results);
            second.Store(results + line);
            third.Store(results + 2 * line);
            fourth.Store(results + 3 * line);
        }
        for (int y = 0; y < rows; y++, space += line, output += row)
        {
            (Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth) = Line.Output(
                space,
                Lanes.Count
            );
            T.Store(output, mask, first + bias);
            if (columns > 1)
            {
                T.Store(output + filters, mask, second + bias);
            }
            if (columns > 2)
            {
                T.Store(output + 2 * filters, mask, third + bias);
            }
            if (columns > 3)
            {
                T.Store(output + 3 * filters, mask, fourth + bias);
            }
        }
    }
}
