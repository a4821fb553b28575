namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>How many values each channel of some images has, their means, and their sums of squared distances from the mean.</summary>
/// <param name="Count">The values of a channel.</param>
/// <param name="Means">The mean of each channel.</param>
/// <param name="Squares">The sum of the squared distances of each channel's values from its mean.</param>
public sealed record ChannelMoments(long Count, double[] Means, double[] Squares)
{
    /// <summary>
    /// Returns the moments of the values of both (Chan, Golub and LeVeque, 1979, "Updating Formulae and a Pairwise Algorithm for Computing
    /// Sample Variances").
    /// </summary>
    /// <param name="other">The moments of other values of as many channels.</param>
    public ChannelMoments With(ChannelMoments other)
    {
        long count = Count + other.Count;
        double share = (double)other.Count / count;
        double[] means = new double[Means.Length],
            squares = new double[Means.Length];
        for (int channel = 0; channel < means.Length; channel++)
        {
            double distance = other.Means[channel] - Means[channel];
            means[channel] = Means[channel] + distance * share;
            squares[channel] = Squares[channel] + other.Squares[channel] + distance * distance * Count * share;
        }
        return new ChannelMoments(count, means, squares);
    }
}
