using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Recurrent;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>Multiplies each channel with a number and adds another: a normalization whose averages are known, or an
/// activation alone.</summary>
/// <param name="input">Its input.</param>
/// <param name="output">Its output, of the same shape.</param>
/// <param name="scale">The factors.</param>
/// <param name="shift">What is added.</param>
internal sealed unsafe class ScaleStep(Plane input, Plane output, ReadOnlySpan<double> scale, ReadOnlySpan<double> shift)
    : WholeImageStep(output, input)
{
    private readonly float[] scale = Filled(scale),
        shift = Filled(shift);

    /// <summary>Gets or sets the activation that follows.</summary>
    public DirectActivation Activation { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(float* memory)
    {
        int channels = input.Channels;
        Vector512<float> last = Lanes.Last(channels);
        for (int y = 0; y < input.Lines; y++)
        {
            for (int x = 0; x < input.Width; x++)
            {
                float* from = memory + input.Line(y) + x * channels,
                    to = memory + Output.Line(y) + x * channels;
                for (int c = 0; c < channels; c += Lanes.Count)
                {
                    Vector512<float> value = Avx512F.FusedMultiplyAdd(
                        Vector512.Load(from + c),
                        Vector512.LoadUnsafe(ref scale[c]),
                        Vector512.LoadUnsafe(ref shift[c])
                    );
                    value = Activate(value);
                    Lanes.Store(to + c, value, Lanes.Mask(c, channels, last), Rectifies);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Activate(Vector512<float> value) =>
        Activation switch
        {
            DirectActivation.Gelu => Gelu.Of(value),
            DirectActivation.Tanh => Sigmoids.Tanh(value),
            DirectActivation.ScaledTanh => Sigmoids.Tanh(value * Vector512.Create(2f / 3)) * Vector512.Create(1.7159f),
            DirectActivation.Sigmoid => Sigmoids.Logistic(value),
            DirectActivation.LeakyReLU => Vector512.Max(value, value * Vector512.Create(0.01f)),
            _ => value,
        };

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
