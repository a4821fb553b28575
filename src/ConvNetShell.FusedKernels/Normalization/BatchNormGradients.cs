namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>Computes the gradients of the input of a batch normalization, of all images or some at a time.</summary>
public sealed unsafe class BatchNormGradients
{
    private readonly ChannelPattern pattern;
    private readonly bool hasRelu;
    private readonly float[] means,
        factors,
        shifts,
        slopes,
        offsets;

    internal BatchNormGradients(
        ChannelPattern pattern,
        bool hasRelu,
        float[] means,
        float[] factors,
        float[] shifts,
        float[] slopes,
        float[] offsets
    )
    {
        (this.pattern, this.hasRelu) = (pattern, hasRelu);
        (this.means, this.factors, this.shifts) = (means, factors, shifts);
        (this.slopes, this.offsets) = (slopes, offsets);
    }

    /// <summary>Computes gradients.</summary>
    /// <param name="values">The address of the first value of the input.</param>
    /// <param name="gradients">The address of the first gradient of the output.</param>
    /// <param name="some">How many.</param>
    /// <param name="isBFloat16">Whether all are bfloat16; otherwise they are float32.</param>
    /// <param name="output">Where the results go.</param>
    public void Compute(nint values, nint gradients, long some, bool isBFloat16, nint output)
    {
        void* x = (void*)values,
            y = (void*)gradients,
            target = (void*)output;
        fixed (
            float* mean = means,
                factor = factors,
                shift = shifts,
                slope = slopes,
                offset = offsets
        )
        {
            var numbers = new ChannelNumbers(mean, factor, shift, hasRelu);
            if (isBFloat16)
            {
                BatchNormKernels<BFloat16Format>.InputGradients(x, y, (nint)some, pattern, numbers, slope, offset, target);
            }
            else
            {
                BatchNormKernels<Float32Format>.InputGradients(x, y, (nint)some, pattern, numbers, slope, offset, target);
            }
        }
    }
}
