using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>
/// Every so many pixels, with channels of zeros before and behind those of the input: a shortcut without weights (He et al.,
/// arXiv 1512.03385, option A).
/// </summary>
/// <param name="input">Its input.</param>
/// <param name="output">Its Output.</param>
/// <param name="rowStep">The rows from one that is taken to the next.</param>
/// <param name="columnStep">The columns.</param>
/// <param name="before">The channels of zeros before those of the input.</param>
internal sealed unsafe class ShortcutStep(Plane input, Plane output, int rowStep, int columnStep, int before)
    : WholeImageStep(output, input)
{
    protected override void Run(float* memory)
    {
        Vector512<float> last = Lanes.Last(input.Channels);
        for (int y = 0; y < Output.Height; y++)
        {
            for (int x = 0; x < Output.Width; x++)
            {
                float* from = memory + input.At(y * rowStep, x * columnStep),
                    to = memory + Output.At(y, x);
                new Span<float>(to, Output.Channels).Clear();
                for (int c = 0; c < input.Channels; c += Lanes.Count)
                {
                    Vector512<float> value = Vector512.Load(from + c);
                    Lanes.Store(to + before + c, value, Lanes.Mask(c, input.Channels, last), Rectifies);
                }
            }
        }
    }
}
