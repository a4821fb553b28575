using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>What a convolution by minimal filtering computes of images, in memory of exactly the size needed.</summary>
internal sealed unsafe class WinogradResults
{
    public WinogradResults(
        WinogradConvolution convolution,
        WinogradReference given,
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

    public float[] Output { get; }

    public float[] InputGradient { get; }

    public float[] FilterGradient { get; }

    public float[] BiasGradient { get; }

    /// <summary>Returns numbers that are none, so one that is read before it is written, or is not written, shows.</summary>
    private static Span<float> Unset(GuardedMemory memory, int count)
    {
        Span<float> numbers = memory.Numbers<float>(count);
        numbers.Fill(float.NaN);
        return numbers;
    }
}
