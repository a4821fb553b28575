using ConvNetShell.FusedKernels.Normalization;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>
/// What a chain ends with, in float32: the sum of a normalized value and a shortcut with the ReLU behind it, or a normalization with the
/// activation behind that.
/// </summary>
/// <param name="channels">The channels.</param>
/// <param name="rectifies">Whether there is a ReLU behind a sum.</param>
public sealed unsafe class ChainEnd(int channels, bool rectifies)
{
    /// <summary>Returns whether <see cref="Backward"/> writes gradients of its own: behind a ReLU after a sum, or a GELU.</summary>
    /// <param name="norm">The normalization.</param>
    public bool Changes(FusedBatchNorm norm) => rectifies || norm.Activation == NormActivation.Gelu;

    /// <summary>Computes the sum.</summary>
    /// <param name="values">The values.</param>
    /// <param name="norm">Their normalization, without a ReLU of its own.</param>
    /// <param name="shortcut">What is added.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="outputs">Where the results go.</param>
    public void Forward(float* values, FusedBatchNorm norm, float* shortcut, nint count, float* outputs) =>
        norm.NormalizeAndAdd(values, shortcut, count, rectifies, outputs);

    /// <summary>
    /// Computes the gradients of the sum, or of what a GELU is given, and returns the sums that the normalization needs.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="norm">Their normalization.</param>
    /// <param name="outputs">The outputs; read where there is a ReLU behind a sum.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="result">Where the gradients go; not written where nothing <see cref="Changes"/> them.</param>
    public BatchNormSums Backward(float* values, FusedBatchNorm norm, float* outputs, float* gradients, int pixels, float* result)
    {
        BatchNormSums sums = BatchNormSums.Of(channels);
        bool changes = Changes(norm);
        foreach ((int first, int some) in ImageGroups.Of(pixels, ImageGroups.Each(channels)))
        {
            nint start = (nint)first * channels,
                count = (nint)some * channels;
            float* now = (changes ? result : gradients) + start;
            if (rectifies)
            {
                ShortcutKernels.Pass(outputs + start, gradients + start, count, now);
            }
            else if (changes)
            {
                new Span<float>(gradients + start, (int)count).CopyTo(new Span<float>(now, (int)count));
                norm.Return((nint)(values + start), (nint)now, count);
            }
            norm.AddGradients((nint)(values + start), (nint)now, count, isBFloat16: false, sums);
        }
        return sums;
    }
}
