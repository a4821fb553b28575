using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>The largest number of each window, or the mean; what is beyond the border is left out.</summary>
/// <param name="input">Its input.</param>
/// <param name="output">Its output.</param>
/// <param name="window">The window.</param>
/// <param name="isMean">Whether it is the mean.</param>
internal sealed unsafe class PoolingStep(Plane input, Plane output, DirectWindow window, bool isMean) : IDirectStep
{
    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output => output;

    public bool Rectifies { get; set; }

    public void Run(float* memory, int part)
    {
        int channels = input.Channels;
        Vector512<float> last = Lanes.Last(channels),
            share = Vector512.Create(1f / (window.Rows * window.Columns));
        for (int y = 0; y < output.Height; y++)
        {
            (int top, int bottom) = Ends(y * window.RowStep - window.Top, window.Rows, input.Height);
            for (int x = 0; x < output.Width; x++)
            {
                (int left, int right) = Ends(x * window.ColumnStep - window.Left, window.Columns, input.Width);
                float* to = memory + output.At(y, x);
                for (int c = 0; c < channels; c += Lanes.Count)
                {
                    Vector512<float> mask = Lanes.Mask(c, channels, last),
                        sum = Over(memory + c, top, bottom, left, right);
                    sum = isMean ? sum * share : sum;
                    Lanes.Store(to + c, sum, mask, Rectifies);
                }
            }
        }
    }

    private static (int First, int End) Ends(int first, int length, int size) => (Math.Max(first, 0), Math.Min(first + length, size));

    private Vector512<float> Over(float* memory, int top, int bottom, int left, int right)
    {
        float* row = memory + input.At(top, left);
        Vector512<float> found = isMean ? Vector512<float>.Zero : Vector512.Load(row);
        for (int y = top; y < bottom; y++, row += input.Row)
        {
            float* pixel = row;
            for (int x = left; x < right; x++, pixel += input.Channels)
            {
                found = isMean ? found + Vector512.Load(pixel) : Vector512.Max(found, Vector512.Load(pixel)); // NaN stays
            }
        }

        return found;
    }
}
