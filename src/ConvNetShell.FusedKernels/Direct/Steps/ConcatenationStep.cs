using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>The channels of several planes, one plane's behind the other's.</summary>
/// <param name="output">Its output.</param>
/// <param name="planes">The planes, of the same frames, rows and columns.</param>
internal sealed unsafe class ConcatenationStep(Plane output, params Plane[] planes) : WholeImageStep(output, planes)
{
    protected override void Run(float* memory)
    {
        int before = 0;
        foreach (Plane plane in Inputs)
        {
            int channels = plane.Channels;
            Vector512<float> last = Lanes.Last(channels);
            for (int line = 0; line < Output.Lines; line++)
            {
                float* from = memory + plane.Line(line),
                    to = memory + Output.Line(line) + before;
                for (int x = 0; x < Output.Width; x++, from += channels, to += Output.Channels)
                {
                    for (int c = 0; c < channels; c += Lanes.Count)
                    {
                        Lanes.Store(to + c, Vector512.Load(from + c), Lanes.Mask(c, channels, last), Rectifies);
                    }
                }
            }
            before += channels;
        }
    }
}
