using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>What a convolution computes of images, in memory of exactly the size needed.</summary>
internal sealed unsafe class RowResults
{
    public RowResults(
        IRowConvolution convolution,
        RowReference given,
        ReadOnlySpan<float> images,
        ReadOnlySpan<float> gradient,
        GuardedMemory memory
    )
    {
        int count = images.Length / given.ImageSize;
        Span<float> ownImages = memory.Copy(images),
            ownGradient = memory.Copy(gradient),
            filters = memory.Copy<float>(given.Filters),
            bias = memory.Copy<float>(given.Bias);
        Span<float> output = Unset(memory, gradient.Length),
            inputGradient = Unset(memory, images.Length),
            filterGradient = Unset(memory, filters.Length),
            biasGradient = Unset(memory, bias.Length);
        fixed (
            float* x = ownImages,
                dy = ownGradient,
                w = filters,
                b = bias,
                y = output,
                dx = inputGradient,
                dw = filterGradient,
                db = biasGradient
        )
        {
            convolution.Forward(x, count, w, b, y);
            convolution.Backward(x, dy, count, w, dx, dw, db);
        }
        Output = output.ToArray();
        InputGradient = inputGradient.ToArray();
        FilterGradient = filterGradient.ToArray();
        BiasGradient = biasGradient.ToArray();
    }

    /// <summary>Computes images, from one to before another.</summary>
    public static RowResults Of(IRowConvolution convolution, RowReference given, GuardedMemory memory, int first, int end) =>
        new(
            convolution,
            given,
            given.Images.AsSpan((first * given.ImageSize)..(end * given.ImageSize)),
            given.Gradient.AsSpan((first * given.OutputSize)..(end * given.OutputSize)),
            memory
        );

    /// <summary>Computes all images.</summary>
    public static RowResults Of(IRowConvolution convolution, RowReference given, GuardedMemory memory) =>
        Of(convolution, given, memory, 0, given.Count);

    public float[] Output { get; }

    public float[] InputGradient { get; }

    public float[] FilterGradient { get; }

    public float[] BiasGradient { get; }

    /// <summary>Checks all numbers against the definition's, relative to the largest one.</summary>
    public void AssertClose(RowReference expected, double tolerance)
    {
        AssertClose(expected.Output, Output, tolerance);
        AssertClose(expected.InputGradient, InputGradient, tolerance);
        AssertClose(expected.FilterGradient, FilterGradient, tolerance);
        AssertClose(expected.BiasGradient, BiasGradient, tolerance);
    }

    private static void AssertClose(double[] expected, float[] received, double tolerance)
    {
        double largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, received.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(received[i] - expected[i]) <= tolerance * largest, $"{i}: expected {expected[i]}, received {received[i]}");
        }
    }

    /// <summary>Returns numbers that are none, so one that is read before it is written, or is not written, shows.</summary>
    private static Span<float> Unset(GuardedMemory memory, int count)
    {
        Span<float> numbers = memory.Numbers<float>(count);
        numbers.Fill(float.NaN);
        return numbers;
    }
}
