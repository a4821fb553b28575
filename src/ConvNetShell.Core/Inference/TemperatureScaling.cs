using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Inference;

/// <summary>
/// Divides outputs by one temperature before the softmax, which changes how confident a network is but not its predictions (Guo et al.,
/// arXiv 1706.04599).
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>The lowest temperature that is fitted; without an error on the images the best one would be 0.</summary>
    public const double Lowest = 0.01;

    /// <summary>The highest temperature that is fitted.</summary>
    public const double Highest = 100;
    private const int MostSteps = 100;
    private const double Tolerance = 1e-9; // relative

    /// <summary>Checks a temperature that was asked for.</summary>
    /// <exception cref="InvalidSettingException">It is not above 0.</exception>
    public static void Check(double temperature)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
        {
            throw new InvalidSettingException("Temperature", "a number above 0", temperature);
        }
    }

    /// <summary>Returns the temperature of the lowest mean loss; not a number if no image is of a class that the network knows.</summary>
    public static double Fit(SplitScores scores)
    {
        int[] known = [.. Enumerable.Range(0, scores.Count).Where(image => scores.Knows(scores.Label(image)))];
        if (known.Length == 0)
        {
            return double.NaN;
        }

        // The loss is convex in the inverse temperature: Newton's steps, and halving where a step leaves the interval.
        double low = 1 / Highest,
            high = 1 / Lowest,
            inverse = 1;
        for (int step = 0; step < MostSteps && high - low > Tolerance * inverse; step++)
        {
            (double slope, double curvature) = Derivatives(scores, known, inverse);
            (low, high) = slope > 0 ? (low, inverse) : (inverse, high);
            double next = inverse - slope / curvature;
            bool isWithin = next > low && next < high;
            if (isWithin && Math.Abs(next - inverse) <= Tolerance * inverse)
            {
                return 1 / next;
            }
            inverse = isWithin ? next : (low + high) / 2;
        }
        return 1 / inverse;
    }

    /// <summary>Turns the logarithms of an image's probabilities into those at a temperature, in place.</summary>
    public static void Apply(Span<double> logarithms, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] /= temperature;
            sum += Math.Exp(logarithms[i]);
        }
        double scale = Math.Log(sum);
        for (int i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = Math.Min(0, logarithms[i] - scale); // rounding must not give probabilities above 1
        }
    }

    /// <summary>Returns the first two derivatives of the summed loss with respect to the inverse temperature.</summary>
    private static (double Slope, double Curvature) Derivatives(SplitScores scores, int[] images, double inverse)
    {
        double slope = 0,
            curvature = 0;
        foreach (int image in images)
        {
            ReadOnlySpan<double> row = scores.Logarithms(image);
            double largest = Largest(row),
                weight = 0,
                mean = 0,
                square = 0;
            foreach (double value in row)
            {
                double part = Math.Exp(inverse * (value - largest)),
                    finite = double.IsFinite(value) ? value : 0; // a probability of 0 adds nothing
                (weight, mean, square) = (weight + part, mean + part * finite, square + part * finite * finite);
            }
            (mean, square) = (mean / weight, square / weight);
            slope += mean - row[scores.Label(image)];
            curvature += square - mean * mean;
        }
        return (slope, curvature);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }
        return largest;
    }
}
