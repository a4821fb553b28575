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
    protected override void Run(float* memory)
    {
        int channels = input.Channels;
        Vector512<float> last = Lanes.Last(channels),
            share = Vector512.Create(1f / (window.Frames * window.Rows * window.Columns));
        for (int line = 0; line < Output.Lines; line++)
        {
            (int frame, int row) = Math.DivRem(line, Output.Height);
            (int, int) frames = Ends(frame * window.FrameStep - window.Front, window.Frames, input.Frames),
                rows = Ends(row * window.RowStep - window.Top, window.Rows, input.Height);
            float* to = memory + Output.Line(line);
            for (int x = 0; x < Output.Width; x++, to += channels)
            {
                (int, int) columns = Ends(x * window.ColumnStep - window.Left, window.Columns, input.Width);
                for (int c = 0; c < channels; c += Lanes.Count)
                {
                    Vector512<float> sum = Over(memory + c, frames, rows, columns);
                    Lanes.Store(to + c, isMean ? sum * share : sum, Lanes.Mask(c, channels, last), Rectifies);
                }
            }
        }
    }

    private static (int First, int End) Ends(int first, int length, int size) => (Math.Max(first, 0), Math.Min(first + length, size));

    private Vector512<float> Over(float* memory, (int First, int End) frames, (int First, int End) rows, (int First, int End) columns)
    {
        Vector512<float> found = isMean
            ? Vector512<float>.Zero
            : Vector512.Load(memory + input.At(frames.First, rows.First, columns.First));
        for (int frame = frames.First; frame < frames.End; frame++)
        {
            float* row = memory + input.At(frame, rows.First, columns.First);
            for (int y = rows.First; y < rows.End; y++, row += input.Row)
            {
                float* pixel = row;
                for (int x = columns.First; x < columns.End; x++, pixel += input.Channels)
                {
                    found = isMean ? found + Vector512.Load(pixel) : Vector512.Max(found, Vector512.Load(pixel)); // NaN stays
                }
            }
        }

        return found;
    }
}
