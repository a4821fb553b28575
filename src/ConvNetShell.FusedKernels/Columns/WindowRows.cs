using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Columns;

/// <summary>
/// The numbers of windows one behind the other, a window for each pixel of the output: a convolution is then a product of matrices (im2col,
/// Chellapilla and others, 2006). Pixels beyond the border are zeros.
/// </summary>
internal readonly unsafe struct WindowRows
{
    private readonly DirectWindow window;
    private readonly int channels,
        height,
        width, // numbers of a row
        columns, // of an output
        length, // numbers of a window's row
        stride;

    /// <param name="shape">The sizes.</param>
    public WindowRows(ColumnShape shape)
    {
        (window, channels, height, columns) = (shape.Window, shape.Channels, shape.Height, shape.OutputWidth);
        (width, length, stride) = (shape.Width * channels, window.Columns * channels, Tile.Stride(shape.Length));
    }

    /// <summary>Takes windows out of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The pixel of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Where they go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(float* image, int first, int count, float* rows)
    {
        (int y, int x) = Math.DivRem(first, columns);
        WindowRows self = this; // a store could change the fields behind "this", which are then read each time
        for (; count > 0; count--, rows += self.stride)
        {
            WindowPlace place = self.At(y, x);
            float* to = rows,
                from = image + (nint)place.Top * self.width + place.Begin;
            int end = place.Top + self.window.Rows;
            for (int row = place.Top; row < end; row++, to += self.length, from += self.width)
            {
                if ((uint)row >= (uint)self.height || place.Count < self.length)
                {
                    new Span<float>(to, self.length).Clear();
                }
                if ((uint)row < (uint)self.height)
                {
                    Copy(from + place.Before, to + place.Before, place.Count);
                }
            }
            self.Next(ref y, ref x);
        }
    }

    /// <summary>Adds windows to an image.</summary>
    /// <param name="rows">The windows.</param>
    /// <param name="first">The pixel of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="image">The image.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(float* rows, int first, int count, float* image)
    {
        (int y, int x) = Math.DivRem(first, columns);
        for (; count > 0; count--, rows += stride)
        {
            WindowPlace place = At(y, x);
            float* from = rows + place.Before,
                to = image + (nint)place.Top * width + place.Begin + place.Before;
            for (int row = place.Top; row < place.Top + window.Rows; row++, from += length, to += width)
            {
                if ((uint)row < (uint)height)
                {
                    Add(from, to, place.Count);
                }
            }
            Next(ref y, ref x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private WindowPlace At(int y, int x) =>
        WindowPlace.Of(y * window.RowStep - window.Top, (x * window.ColumnStep - window.Left) * channels, length, width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Next(ref int y, ref int x)
    {
        if (++x == columns)
        {
            (y, x) = (y + 1, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
        {
            Vector512.Load(from + i).Store(to + i);
        }
        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* from, float* to, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Count; i += Lanes.Count)
        {
            (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
        }
        for (; i < count; i++)
        {
            to[i] += from[i];
        }
    }
}
