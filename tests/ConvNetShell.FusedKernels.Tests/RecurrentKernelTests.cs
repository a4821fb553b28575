using ConvNetShell.FusedKernels.Recurrent;

namespace ConvNetShell.FusedKernels.Tests;

public sealed unsafe class RecurrentKernelTests
{
    private static readonly float[] Sums =
    [
        0,
        -0f,
        1e-30f,
        -1e-4f,
        0.01f,
        0.2499f,
        -0.25f,
        0.7f,
        -1.5f,
        3,
        -9,
        30,
        -87,
        100,
        -1e30f,
        float.PositiveInfinity,
        float.NegativeInfinity,
        float.NaN,
    ];

    [Fact]
    public void A_simple_step_is_the_hyperbolic_tangent_to_the_last_places()
    {
        float[] states = Forward(RecurrentKernel.Simple, Sums, memory: 0).States;

        Assert.Equal(Sums.Length, states.Length);
        for (int i = 0; i < states.Length; i++)
        {
            AssertClose(Math.Tanh(Sums[i]), states[i]);
        }
    }

    [Fact]
    public void A_step_of_an_LSTM_is_that_of_its_formula()
    {
        float[] sums = [.. Enumerable.Range(0, 4 * Sums.Length).Select(i => Sums[i * 7 % (Sums.Length - 3)])]; // finite

        (float[] states, float[] memory) = Forward(RecurrentKernel.Lstm, sums, memory: 0.5f);

        for (int i = 0; i < Sums.Length; i++)
        {
            double expected = Logistic(sums[i + Sums.Length]) * 0.5 + Logistic(sums[i]) * Math.Tanh(sums[i + 2 * Sums.Length]);
            Assert.Equal(expected, memory[i], 1e-6);
            Assert.Equal(Logistic(sums[i + 3 * Sums.Length]) * Math.Tanh(expected), states[i], 1e-6);
        }
    }

    [Fact]
    public void Nothing_behind_the_last_unit_is_written()
    {
        float[] added = [1, 2, 3],
            sums = [0, 0, 0],
            states = [0, 0, 0, 7, 7];
        fixed (
            float* a = added,
                g = sums,
                s = states
        )
        {
            RecurrentKernel.Simple.Forward(new RecurrentStep((nint)a, (nint)g, 0, 0, 0, (nint)s), images: 1, units: 3);
        }
        Assert.Equal([7f, 7f], states[3..]);
    }

    private static (float[] States, float[] Memory) Forward(RecurrentKernel kernel, float[] added, float memory)
    {
        int units = added.Length / kernel.Gates;
        float[] sums = new float[added.Length],
            before = new float[units],
            after = new float[units],
            zero = new float[units],
            states = new float[units];
        Array.Fill(before, memory);
        fixed (
            float* a = added,
                g = sums,
                b = before,
                m = after,
                z = zero,
                s = states
        )
        {
            kernel.Forward(new RecurrentStep((nint)a, (nint)g, (nint)b, (nint)m, (nint)z, (nint)s), images: 1, units);
        }
        return (states, after);
    }

    private static double Logistic(double sum) => 1 / (1 + Math.Exp(-sum));

    private static void AssertClose(double expected, float received) =>
        Assert.True(
            double.IsNaN(expected) ? float.IsNaN(received) : Math.Abs(received - expected) <= 5e-7 * Math.Abs(expected),
            $"{expected} {received}"
        );
}
