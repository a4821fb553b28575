using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms sums of products to tiles of the output.</summary>
/// <param name="Grid">How an image is cut.</param>
/// <param name="Layout">Where the outputs go.</param>
/// <param name="Rectifies">Whether negative outputs are made zero.</param>
/// <param name="Ahead">Brings memory that is needed later nearer meanwhile; none for nothing.</param>
internal readonly unsafe record struct OutputTransform(TileGrid Grid, MapLayout Layout, bool Rectifies = false, CacheAhead? Ahead = null)
{
    /// <summary>Transforms tiles of some filters.</summary>
    /// <param name="from">The sums: point by point, then tile by tile.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    /// <param name="first">Which tile is the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="range">Which filters.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="outputs">The outputs of all images.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* from, nint step, long first, int count, FilterRange range, float* bias, float* outputs)
    {
        var place = new TilePlace(Grid, first);
        int filters = Grid.Filters;
        nint stride = Tile.Stride(filters);
        V last = Lanes.Last(filters);
        for (int tile = 0; tile < count; tile++, place.Next(), from += stride)
        {
            Ahead?.Step();
            int top = place.Row * Tile.Output,
                left = place.Column * Tile.Output;
            int rows = Math.Min(Tile.Output, Grid.OutputHeight - top),
                columns = Math.Min(Tile.Output, Grid.OutputWidth - left);
            float* output = outputs + place.Image * Layout.Image + top * Layout.Row + (nint)left * filters;
            for (int filter = range.Begin; filter < range.End; filter += Lanes.Count)
            {
                if (filter + Lanes.Count <= filters)
                {
                    V added = bias is null ? V.Zero : Vector512.Load(bias + filter);
                    Transform<WholeLanes>(from + filter, step, added, last, output + filter, rows, columns);
                }
                else
                {
                    V added = bias is null ? V.Zero : SomeLanes.Load(bias + filter, last);
                    Transform<SomeLanes>(from + filter, step, added, last, output + filter, rows, columns);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<T>(float* from, nint step, V bias, V mask, float* output, int rows, int columns)
        where T : struct, ILaneAccess
    {
        nint filters = Grid.Filters,
            row = Layout.Row;
        (V a0, V b0, V c0, V d0) = Column(from, Tile.Input * step);
        (V a1, V b1, V c1, V d1) = Column(from + step, Tile.Input * step);
        (V a2, V b2, V c2, V d2) = Column(from + 2 * step, Tile.Input * step);
        (V a3, V b3, V c3, V d3) = Column(from + 3 * step, Tile.Input * step);
        (V a4, V b4, V c4, V d4) = Column(from + 4 * step, Tile.Input * step);
        (V a5, V b5, V c5, V d5) = Column(from + 5 * step, Tile.Input * step);
        Row<T>(a0, a1, a2, a3, a4, a5, bias, mask, output, filters, columns);
        if (rows > 1)
        {
            Row<T>(b0, b1, b2, b3, b4, b5, bias, mask, output + row, filters, columns);
        }
        if (rows > 2)
        {
            Row<T>(c0, c1, c2, c3, c4, c5, bias, mask, output + 2 * row, filters, columns);
        }
        if (rows > 3)
        {
            Row<T>(d0, d1, d2, d3, d4, d5, bias, mask, output + 3 * row, filters, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second, V Third, V Fourth) Column(float* from, nint step) =>
        Line.Output(
            Vector512.Load(from),
            Vector512.Load(from + step),
            Vector512.Load(from + 2 * step),
            Vector512.Load(from + 3 * step),
            Vector512.Load(from + 4 * step),
            Vector512.Load(from + 5 * step)
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Row<T>(V m0, V m1, V m2, V m3, V m4, V m5, V bias, V mask, float* to, nint filters, int columns)
        where T : struct, ILaneAccess
    {
        (V first, V second, V third, V fourth) = Line.Output(m0, m1, m2, m3, m4, m5);
        T.Store(to, mask, Result(first + bias));
        if (columns > 1)
        {
            T.Store(to + filters, mask, Result(second + bias));
        }
        if (columns > 2)
        {
            T.Store(to + 2 * filters, mask, Result(third + bias));
        }
        if (columns > 3)
        {
            T.Store(to + 3 * filters, mask, Result(fourth + bias));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Result(V sum) => Rectifies ? Lanes.Rectify(sum) : sum;
}
