using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>The sum of the two ends of a residual block.</summary>
/// <param name="first">One end.</param>
/// <param name="second">The other, of the same shape.</param>
/// <param name="output">Its output, of the same shape.</param>
internal sealed unsafe class SumStep(Plane first, Plane second, Plane output) : WholeImageStep(output, first, second)
{
    protected override void Run(float* memory)
    {
        int count = Output.Width * Output.Channels;
        Vector512<float> last = Lanes.Last(count);
        for (int y = 0; y < Output.Lines; y++)
        {
            float* a = memory + first.Line(y),
                b = memory + second.Line(y),
                to = memory + Output.Line(y);
            for (int i = 0; i < count; i += Lanes.Count)
            {
                Vector512<float> sum = Vector512.Load(a + i) + Vector512.Load(b + i);
                Lanes.Store(to + i, sum, Lanes.Mask(i, count, last), Rectifies);
            }
        }
    }
}
