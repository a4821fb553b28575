using ConvNetShell.FusedKernels.Normalization;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>The sum at the end of a residual block: a normalized value, a shortcut and the ReLU behind them, in float32.</summary>
/// <param name="channels">The channels.</param>
/// <param name="rectifies">Whether there is a ReLU.</param>
public sealed unsafe class ChainEnd(int channels, bool rectifies)
{
    /// <summary>Computes the sum.</summary>
    /// <param name="values">The values.</param>
    /// <param name="norm">Their normalization, without a ReLU of its own.</param>
    /// <param name="shortcut">What is added.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="outputs">Where the results go.</param>
    public void Forward(float* values, FusedBatchNorm norm, float* shortcut, nint count, float* outputs) =>
        norm.NormalizeAndAdd(values, shortcut, count, rectifies, outputs);

    /// <summary>Computes the gradients of both, and returns the sums that the normalization needs.</summary>
    /// <param name="values">The values.</param>
    /// <param name="norm">Their normalization.</param>
    /// <param name="outputs">The outputs; not read without a ReLU.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="result">Where the gradients go that the ReLU lets through; not written without one.</param>
    public BatchNormSums Backward(float* values, FusedBatchNorm norm, float* outputs, float* gradients, int pixels, float* result)
    {
        BatchNormSums sums = BatchNormSums.Of(channels);
        foreach ((int first, int some) in ImageGroups.Of(pixels, channels))
        {
            nint start = (nint)first * channels,
                count = (nint)some * channels;
            if (rectifies)
            {
                ShortcutKernels.Pass(outputs + start, gradients + start, count, result + start);
            }
            norm.AddGradients((nint)(values + start), (nint)((rectifies ? result : gradients) + start), count, isBFloat16: false, sums);
        }
        return sums;
    }
}
