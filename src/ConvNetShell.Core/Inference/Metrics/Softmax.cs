namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Probabilities of the classes of an image.</summary>
internal static class Softmax
{
    /// <summary>Turns an image's outputs into probabilities.</summary>
    /// <param name="outputs">The outputs before the softmax.</param>
    /// <param name="temperature">What they are divided by.</param>
    /// <param name="probabilities">Receives the probabilities: all are NaN where an output is NaN or infinite above zero.</param>
    /// <returns>The logarithm of the sum of exp(output / temperature): minus an output it is the loss of its class.</returns>
    public static double Of(ReadOnlySpan<float> outputs, double temperature, Span<float> probabilities)
    {
        double largest = double.NegativeInfinity,
            sum = 0;
        foreach (float output in outputs)
        {
            largest = Math.Max(largest, output / temperature);
        }
        for (int i = 0; i < outputs.Length; i++)
        {
            double share = Math.Exp(outputs[i] / temperature - largest);
            sum += share;
            probabilities[i] = (float)share;
        }
        foreach (ref float probability in probabilities[..outputs.Length])
        {
            probability = (float)(probability / sum);
        }
        return largest + Math.Log(sum);
    }
}
