using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>Multiplies each channel with a number and adds another: a normalization whose averages are known, or a ReLU alone.</summary>
/// <param name="input">Its input.</param>
/// <param name="output">Its output, of the same shape.</param>
/// <param name="scale">The factors.</param>
/// <param name="shift">What is added.</param>
internal sealed unsafe class ScaleStep(Plane input, Plane output, ReadOnlySpan<double> scale, ReadOnlySpan<double> shift) : IDirectStep
{
    private readonly float[] scale = Filled(scale),
        shift = Filled(shift);

    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output => output;

    public bool Rectifies { get; set; }

    public void Run(float* memory, int part)
    {
        int channels = input.Channels;
        Vector512<float> last = Lanes.Last(channels);
        for (int y = 0; y < input.Height; y++)
        {
            for (int x = 0; x < input.Width; x++)
            {
                float* from = memory + input.At(y, x),
                    to = memory + output.At(y, x);
                for (int c = 0; c < channels; c += Lanes.Count)
                {
                    Vector512<float> value = Avx512F.FusedMultiplyAdd(
                        Vector512.Load(from + c),
                        Vector512.LoadUnsafe(ref scale[c]),
                        Vector512.LoadUnsafe(ref shift[c])
                    );
                    Lanes.Store(to + c, value, Lanes.Mask(c, channels, last), Rectifies);
                }
            }
        }
    }

    // Whole vectors are read.
    private static float[] Filled(ReadOnlySpan<double> numbers)
    {
        float[] filled = new float[Lanes.Vectors(numbers.Length) * Lanes.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            filled[i] = (float)numbers[i];
        }

        return filled;
    }
}
