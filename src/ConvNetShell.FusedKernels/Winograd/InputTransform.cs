using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Transforms tiles of images.</summary>
/// <param name="Grid">How an image is cut.</param>
/// <param name="Layout">Where the images are.</param>
/// <param name="Workspace">Memory for a tile of vectors.</param>
/// <param name="Ahead">Brings memory that is needed later nearer meanwhile; none for nothing.</param>
internal readonly unsafe record struct InputTransform(TileGrid Grid, MapLayout Layout, nint Workspace, CacheAhead? Ahead = null)
{
    /// <summary>Transforms tiles.</summary>
    /// <param name="images">The images.</param>
    /// <param name="first">Which tile is the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Where the results go: point by point, then tile by tile.</param>
    /// <param name="step">The numbers from a point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* images, long first, int count, float* to, nint step)
    {
        var place = new TilePlace(Grid, first);
        int channels = Grid.Channels,
            vectors = Lanes.Vectors(channels),
            whole = channels / Lanes.Count;
        nint gap = Tile.Stride(channels) - vectors * Lanes.Count;
        V last = Lanes.Last(channels);
        for (int tile = 0; tile < count; tile++, place.Next(), to += gap)
        {
            Ahead?.Step();
            float* image = images + place.Image * Layout.Image;
            int top = place.Row * Tile.Output - Grid.PaddingRows,
                left = place.Column * Tile.Output - Grid.PaddingColumns;
            for (int vector = 0; vector < whole; vector++, to += Lanes.Count)
            {
                Transform<WholeLanes>(image + vector * Lanes.Count, top, left, last, to, step);
            }
            if (whole < vectors)
            {
                Transform<SomeLanes>(image + whole * Lanes.Count, top, left, last, to, step);
                to += Lanes.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform<T>(float* image, int top, int left, V mask, float* to, nint step)
        where T : struct, ILaneAccess
    {
        const int line = Tile.Input * Lanes.Count;
        nint channels = Grid.Channels;
        int height = Grid.Height,
            width = Grid.Width;
        bool isInside = left >= 0 && left + Tile.Input <= width;
        var space = (float*)Workspace;
        for (int y = 0; y < Tile.Input; y++)
        {
            float* results = space + y * line;
            if ((uint)(top + y) >= (uint)height)
            {
                for (int x = 0; x < line; x += Lanes.Count)
                {
                    V.Zero.Store(results + x);
                }
                continue;
            }
            float* p = image + (top + y) * Layout.Row + left * channels;
            if (isInside)
            {
                Line.Input(
                    T.Load(p, mask),
                    T.Load(p + channels, mask),
                    T.Load(p + 2 * channels, mask),
                    T.Load(p + 3 * channels, mask),
                    T.Load(p + 4 * channels, mask),
                    T.Load(p + 5 * channels, mask),
                    results,
                    Lanes.Count
                );
            }
            else
            {
                Line.Input(
                    Pixel<T>(p, left, width, mask),
                    Pixel<T>(p + channels, left + 1, width, mask),
                    Pixel<T>(p + 2 * channels, left + 2, width, mask),
                    Pixel<T>(p + 3 * channels, left + 3, width, mask),
                    Pixel<T>(p + 4 * channels, left + 4, width, mask),
                    Pixel<T>(p + 5 * channels, left + 5, width, mask),
                    results,
                    Lanes.Count
                );
            }
        }
        for (int x = 0; x < Tile.Input; x++, space += Lanes.Count, to += step)
        {
            Line.Input(
                Vector512.Load(space),
                Vector512.Load(space + line),
                Vector512.Load(space + 2 * line),
                Vector512.Load(space + 3 * line),
                Vector512.Load(space + 4 * line),
                Vector512.Load(space + 5 * line),
                to,
                Tile.Input * step
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pixel<T>(float* pixel, int x, int width, V mask)
        where T : struct, ILaneAccess => (uint)x < (uint)width ? T.Load(pixel, mask) : V.Zero;
}
