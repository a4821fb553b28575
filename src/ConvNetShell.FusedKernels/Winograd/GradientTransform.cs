using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms tiles of the output's gradient to the gradients of the sums of products.</summary>
/// <param name="Grid">How an image is cut.</param>
/// <param name="Workspace">Memory for a tile of vectors.</param>
/// <param name="Ahead">Brings memory that is needed later nearer meanwhile; none for nothing.</param>
internal readonly unsafe record struct GradientTransform(TileGrid Grid, nint Workspace, CacheAhead? Ahead = null)
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
        nint gap = Tile.Stride(filters) - vectors * Lanes.Count;
        V last = Lanes.Last(filters);
        for (int tile = 0; tile < count; tile++, place.Next(), to += gap)
        {
            Ahead?.Step();
            int top = place.Row * Tile.Output,
                left = place.Column * Tile.Output;
            int rows = Math.Min(Tile.Output, Grid.OutputHeight - top),
                columns = Math.Min(Tile.Output, Grid.OutputWidth - left);
            float* gradient = gradients + place.Image * Grid.Outputs.Image + ((nint)top * Grid.OutputWidth + left) * filters;
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
    private void Transform<T>(float* gradient, int rows, int columns, V mask, float* to, nint step)
        where T : struct, ILaneAccess
    {
        nint filters = Grid.Filters,
            row = Grid.OutputWidth * filters,
            down = Tile.Input * step;
        (V a0, V a1, V a2, V a3) = Row<T>(gradient, filters, columns, mask, isThere: true);
        (V b0, V b1, V b2, V b3) = Row<T>(gradient + row, filters, columns, mask, rows > 1);
        (V c0, V c1, V c2, V c3) = Row<T>(gradient + 2 * row, filters, columns, mask, rows > 2);
        (V d0, V d1, V d2, V d3) = Row<T>(gradient + 3 * row, filters, columns, mask, rows > 3);
        Column(a0, b0, c0, d0, to, down);
        Column(a3, b3, c3, d3, to + 5 * step, down);
        (V a4, V a5) = Line.GradientNear(a0, a1, a2, a3);
        (V b4, V b5) = Line.GradientNear(b0, b1, b2, b3);
        (V c4, V c5) = Line.GradientNear(c0, c1, c2, c3);
        (V d4, V d5) = Line.GradientNear(d0, d1, d2, d3);
        Column(a4, b4, c4, d4, to + step, down);
        Column(a5, b5, c5, d5, to + 2 * step, down);
        (a4, a5) = Line.GradientFar(a0, a1, a2, a3);
        (b4, b5) = Line.GradientFar(b0, b1, b2, b3);
        (c4, c5) = Line.GradientFar(c0, c1, c2, c3);
        (d4, d5) = Line.GradientFar(d0, d1, d2, d3);
        Column(a4, b4, c4, d4, to + 3 * step, down);
        Column(a5, b5, c5, d5, to + 4 * step, down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Row<T>(float* from, nint filters, int columns, V mask, bool isThere)
        where T : struct, ILaneAccess =>
        isThere
            ? (
                T.Load(from, mask),
                columns > 1 ? T.Load(from + filters, mask) : V.Zero,
                columns > 2 ? T.Load(from + 2 * filters, mask) : V.Zero,
                columns > 3 ? T.Load(from + 3 * filters, mask) : V.Zero
            )
            : (V.Zero, V.Zero, V.Zero, V.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(V y0, V y1, V y2, V y3, float* to, nint step)
    {
        y0.Store(to);
        (V first, V second) = Line.GradientNear(y0, y1, y2, y3);
        first.Store(to + step);
        second.Store(to + 2 * step);
        (first, second) = Line.GradientFar(y0, y1, y2, y3);
        first.Store(to + 3 * step);
        second.Store(to + 4 * step);
        y3.Store(to + 5 * step);
    }
}
