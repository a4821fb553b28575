using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>
/// Whether groups differ by more than chance: the groups are drawn again at random, and what is counted is how often they then differ as
/// much (Phipson and Smyth, 2010: with 1 added to both counts, so that no probability is 0).
/// </summary>
internal static class PermutationTest
{
    /// <summary>The number of random draws.</summary>
    public const int Draws = 9999;

    private const double Tolerance = 1e-12; // equal figures may differ by rounding

    /// <summary>Returns the probability of a statistic as large by chance.</summary>
    /// <param name="groups">The group of each unit; left as it was.</param>
    /// <param name="statistic">Returns how much groups differ; the larger the more.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="draws">The number of draws.</param>
    /// <returns>The probability, above 0; NaN where the groups have no statistic.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Probability(
        int[] groups,
        Func<int[], double> statistic,
        long seed,
        CancellationToken stop = default,
        int draws = Draws
    )
    {
        double found = statistic(groups);
        if (double.IsNaN(found))
        {
            return double.NaN;
        }
        int[] drawn = [.. groups];
        var random = new SeededRandom(seed);
        int asMuch = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            random.Shuffle(drawn.AsSpan());
            asMuch += statistic(drawn) >= found - Tolerance ? 1 : 0;
        }
        return (asMuch + 1.0) / (draws + 1);
    }

    /// <summary>Returns Pearson's chi-square of groups and correct answers; NaN with one group, 0 where all or none are correct.</summary>
    /// <param name="groups">The group of each image, from 0.</param>
    /// <param name="correct">Whether each image was classified correctly.</param>
    /// <param name="count">The number of groups.</param>
    public static double ChiSquare(int[] groups, bool[] correct, int count)
    {
        if (count < 2)
        {
            return double.NaN;
        }
        var all = new double[count];
        var right = new double[count];
        for (int i = 0; i < groups.Length; i++)
        {
            all[groups[i]]++;
            right[groups[i]] += correct[i] ? 1 : 0;
        }
        double rate = right.Sum() / groups.Length,
            spread = rate * (1 - rate);
        return spread == 0 ? 0 : all.Zip(right, (n, r) => n == 0 ? 0 : (r - (n * rate)) * (r - (n * rate)) / (n * spread)).Sum();
    }
}
