namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>
/// The 95 % interval of a fraction (Wilson, 1927): unlike the usual one it stays within 0 and 1 and holds for few images.
/// </summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054; // the normal distribution's 97.5 % point

    /// <summary>Returns the interval's ends.</summary>
    /// <param name="correct">How many of the images.</param>
    /// <param name="count">All images, 1 or more.</param>
    public static (double Low, double High) Of(int correct, int count) => Of((double)correct / count, count);

    /// <summary>Returns the interval's ends.</summary>
    /// <param name="fraction">The fraction found.</param>
    /// <param name="count">The images it was found on, or as many as give its variance.</param>
    public static (double Low, double High) Of(double fraction, double count)
    {
        double square = Z * Z / count;
        double middle = (fraction + square / 2) / (1 + square);
        double reach = Z / (1 + square) * Math.Sqrt(fraction * (1 - fraction) / count + square / (4 * count));
        return (Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }
}
