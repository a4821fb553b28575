using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>The sum of the two ends of a residual block.</summary>
/// <param name="first">One end.</param>
/// <param name="second">The other, of the same shape.</param>
/// <param name="output">Its output, of the same shape.</param>
internal sealed unsafe class SumStep(Plane first, Plane second, Plane output) : IDirectStep
{
    public IReadOnlyList<Plane> Inputs => [first, second];

    public Plane Output => output;

    public bool Rectifies { get; set; }

    public void Run(float* memory, int part)
    {
        int count = output.Width * output.Channels;
        Vector512<float> last = Lanes.Last(count);
        for (int y = 0; y < output.Height; y++)
        {
            float* a = memory + first.At(y, 0),
                b = memory + second.At(y, 0),
                to = memory + output.At(y, 0);
            for (int i = 0; i < count; i += Lanes.Count)
            {
                Vector512<float> sum = Vector512.Load(a + i) + Vector512.Load(b + i);
                Lanes.Store(to + i, sum, Lanes.Mask(i, count, last), Rectifies);
            }
        }
    }
}
