namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>
/// Batch normalization of values stored pixel by pixel in float32 or bfloat16, forward and backward, with the activation after it, if
/// there is one. What several threads measure of their images can be put together before each goes on.
/// </summary>
public sealed unsafe class FusedBatchNorm
{
    private readonly ChannelPattern pattern;
    private readonly NormActivation activation;
    private readonly long count;
    private readonly double[] deviations;
    private readonly float[] means,
        factors,
        shifts;

    /// <param name="moments">The moments of the whole batch.</param>
    /// <param name="scale">The scale of each channel.</param>
    /// <param name="shift">The shift of each channel.</param>
    /// <param name="epsilon">The number added to the variance.</param>
    /// <param name="activation">What follows.</param>
    public FusedBatchNorm(
        ChannelMoments moments,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> shift,
        double epsilon,
        NormActivation activation
    )
    {
        (this.activation, count) = (activation, moments.Count);
        pattern = new ChannelPattern(moments.Means.Length);
        deviations = [.. moments.Squares.Select(sum => Math.Sqrt(sum / count + epsilon))];
        double[] factor = new double[scale.Length],
            added = new double[scale.Length];
        for (int channel = 0; channel < factor.Length; channel++)
        {
            (factor[channel], added[channel]) = (scale[channel] / deviations[channel], shift[channel]);
        }
        (means, factors, shifts) = (pattern.Repeat(moments.Means), pattern.Repeat(factor), pattern.Repeat(added));
    }

    /// <summary>Gets what follows.</summary>
    public NormActivation Activation => activation;

    private bool HasRelu => activation == NormActivation.Relu;

    /// <summary>Measures values.</summary>
    /// <param name="values">The address of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="channels">Of how many channels.</param>
    /// <param name="isBFloat16">Whether they are bfloat16; otherwise they are float32.</param>
    public static ChannelMoments Measure(nint values, long count, int channels, bool isBFloat16)
    {
        var sums = new MomentSums(channels);
        sums.Add(values, count, isBFloat16);
        return sums.Moments();
    }

    /// <summary>Normalizes values.</summary>
    /// <param name="values">The address of the first.</param>
    /// <param name="some">How many.</param>
    /// <param name="isBFloat16">Whether they and the results are bfloat16; otherwise they are float32.</param>
    /// <param name="output">Where the results go.</param>
    public void Normalize(nint values, long some, bool isBFloat16, nint output)
    {
        fixed (
            float* mean = means,
                factor = factors,
                shift = shifts
        )
        {
            var numbers = new ChannelNumbers(mean, factor, shift, HasRelu);
            if (activation == NormActivation.Gelu)
            {
                RefuseBFloat16(isBFloat16);
                GeluKernels.Activate((float*)values, (nint)some, pattern, numbers, (float*)output);
            }
            else if (isBFloat16)
            {
                BatchNormKernels<BFloat16Format>.Normalize((void*)values, (nint)some, pattern, numbers, (void*)output);
            }
            else
            {
                BatchNormKernels<Float32Format>.Normalize((void*)values, (nint)some, pattern, numbers, (void*)output);
            }
        }
    }

    /// <summary>
    /// Makes gradients of the output, float32, those of what a GELU is given, which all sums and gradients of the input start from; does
    /// nothing without one, as they see to a ReLU themselves.
    /// </summary>
    /// <param name="values">The address of the first value of the input.</param>
    /// <param name="gradients">The address of the first gradient.</param>
    /// <param name="some">How many.</param>
    public void Return(nint values, nint gradients, long some)
    {
        if (activation != NormActivation.Gelu)
        {
            return;
        }
        fixed (
            float* mean = means,
                factor = factors,
                shift = shifts
        )
        {
            GeluKernels.Return((float*)values, (nint)some, pattern, new ChannelNumbers(mean, factor, shift, false), (float*)gradients);
        }
    }

    /// <summary>Adds up what the gradients need.</summary>
    /// <param name="values">The address of the first value of the input.</param>
    /// <param name="gradients">The address of the first gradient of the output.</param>
    /// <param name="some">How many.</param>
    /// <param name="isBFloat16">Whether both are bfloat16; otherwise they are float32.</param>
    public BatchNormSums SumGradients(nint values, nint gradients, long some, bool isBFloat16)
    {
        BatchNormSums sums = BatchNormSums.Of(pattern.Channels);
        AddGradients(values, gradients, some, isBFloat16, sums);
        return sums;
    }

    /// <summary>Adds to what the gradients need.</summary>
    /// <param name="values">The address of the first value of the input.</param>
    /// <param name="gradients">The address of the first gradient of the output.</param>
    /// <param name="some">How many.</param>
    /// <param name="isBFloat16">Whether both are bfloat16; otherwise they are float32.</param>
    /// <param name="sums">The sums to add to.</param>
    public void AddGradients(nint values, nint gradients, long some, bool isBFloat16, BatchNormSums sums)
    {
        void* x = (void*)values,
            y = (void*)gradients;
        fixed (
            float* mean = means,
                factor = factors,
                shift = shifts
        )
        {
            var numbers = new ChannelNumbers(mean, factor, shift, HasRelu);
            if (isBFloat16)
            {
                BatchNormKernels<BFloat16Format>.SumGradients(x, y, (nint)some, pattern, numbers, sums.Gradients, sums.Products);
            }
            else
            {
                BatchNormKernels<Float32Format>.SumGradients(x, y, (nint)some, pattern, numbers, sums.Gradients, sums.Products);
            }
        }
    }

    /// <summary>Returns the gradients of the scales, as far as the sums go.</summary>
    /// <param name="sums">The sums over some or all images.</param>
    public float[] ScaleGradients(BatchNormSums sums) =>
        [.. sums.Products.Zip(deviations, (product, deviation) => (float)(product / deviation))];

    /// <summary>Returns what computes the gradients of the input.</summary>
    /// <param name="sums">The sums over the whole batch.</param>
    public BatchNormGradients InputGradients(BatchNormSums sums)
    {
        float[] slopes = pattern.Repeat([
            .. sums.Products.Select((sum, channel) => -factors[channel] * sum / (deviations[channel] * deviations[channel] * count)),
        ]);
        float[] offsets = pattern.Repeat([.. sums.Gradients.Select((sum, channel) => -factors[channel] * sum / count)]);
        return new BatchNormGradients(pattern, HasRelu, means, factors, shifts, slopes, offsets);
    }

    /// <summary>Normalizes values and adds others, float32 all.</summary>
    /// <param name="values">The first value.</param>
    /// <param name="others">The first of the others.</param>
    /// <param name="some">How many.</param>
    /// <param name="rectifies">Whether a sum below zero is made zero; there is no ReLU before the sum.</param>
    /// <param name="output">Where the results go.</param>
    internal void NormalizeAndAdd(float* values, float* others, nint some, bool rectifies, float* output)
    {
        fixed (
            float* mean = means,
                factor = factors,
                shift = shifts
        )
        {
            ShortcutKernels.Add(values, others, some, pattern, new ChannelNumbers(mean, factor, shift, rectifies), output);
        }
    }

    private static void RefuseBFloat16(bool isBFloat16)
    {
        if (isBFloat16)
        {
            throw new NotSupportedException("Expected float32 before a GELU; received bfloat16.");
        }
    }
}
