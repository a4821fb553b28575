using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>The largest number of each window, or the mean; what is beyond the border is left out.</summary>
/// <param name="input">Its input.</param>
/// <param name="output">Its Output.</param>
/// <param name="window">The window.</param>
/// <param name="isMean">Whether it is the mean.</param>
internal sealed unsafe class PoolingStep(Plane input, Plane output, DirectWindow window, bool isMean) : WholeImageStep(output, input)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(float* memory)
    {
        int channels = input.Channels,
            width = input.Width;
        nint row = input.Row;
        Vector512<float> last = Lanes.Last(channels),
            share = Vector512.Create(1f / (window.Frames * window.Rows * window.Columns));
        for (int line = 0; line < Output.Lines; line++)
        {
            (int place, int y) = Math.DivRem(line, Output.Height);
            (int firstFrame, int frames) = Within(place * window.FrameStep - window.Front, window.Frames, input.Frames);
            (int firstRow, int rows) = Within(y * window.RowStep - window.Top, window.Rows, input.Height);
            float* from = memory + input.At(firstFrame, firstRow, 0),
                to = memory + Output.Line(line);
            nint gap = input.Frame - rows * row;
            for (int x = 0; x < Output.Width; x++, to += channels)
            {
                (int firstColumn, int columns) = Within(x * window.ColumnStep - window.Left, window.Columns, width);
                float* first = from + (nint)firstColumn * channels;
                for (int c = 0; c < channels; c += Lanes.Count)
                {
                    Vector512<float> sum = isMean
                        ? Sum(first + c, frames, gap, rows, row, columns, channels) * share
                        : Largest(first + c, frames, gap, rows, row, columns, channels);
                    Lanes.Store(to + c, sum, Lanes.Mask(c, channels, last), Rectifies);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Count) Within(int first, int length, int size)
    {
        int begin = Math.Max(first, 0);
        return (begin, Math.Min(first + length, size) - begin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Largest(float* from, int frames, nint gap, int rows, nint row, int columns, nint next)
    {
        Vector512<float> found = Vector512.Load(from);
        for (int frame = 0; frame < frames; frame++, from += gap)
        {
            for (int y = 0; y < rows; y++, from += row)
            {
                float* pixel = from;
                for (int x = 0; x < columns; x++, pixel += next)
                {
                    found = Vector512.Max(found, Vector512.Load(pixel)); // NaN stays
                }
            }
        }
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sum(float* from, int frames, nint gap, int rows, nint row, int columns, nint next)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int frame = 0; frame < frames; frame++, from += gap)
        {
            for (int y = 0; y < rows; y++, from += row)
            {
                float* pixel = from;
                for (int x = 0; x < columns; x++, pixel += next)
                {
                    sum += Vector512.Load(pixel);
                }
            }
        }
        return sum;
    }
}
