using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kegl, "Algorithms for Hyper-Parameter Optimization", NIPS 2011).
/// The best trials give a density l(x), the others g(x); of candidates drawn from l, the one with the largest l(x) / g(x) is tried next.
/// As in the paper, the prior takes part as one more kernel. Different from it, all parameters share one mixture (a kernel spans all of
/// them), which follows how they depend on each other, and the kernels of a density have the same bandwidth, by Scott's rule as in BOHB
/// (Falkner, Klein and Hutter, ICML 2018). It is wider in g: where g is smooth, the ratio's maximum is among the best trials and not in a
/// gap between two others. The two widths are those of least regret on Branin, Hartmann-6 and three further functions.
/// </summary>
internal sealed class TpeSampler
{
    private const double BestFraction = 0.1,
        BestSpread = 0.07,
        OtherSpread = 0.1;
    private const int MostBest = 25;

    /// <summary>Gets the number of random trials at the beginning.</summary>
    public int StartTrials { get; init; } = 10;

    /// <summary>Gets the candidates of which the best is taken.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary>Returns the parameters of the next trial.</summary>
    /// <param name="space">The space.</param>
    /// <param name="observations">The trials so far.</param>
    /// <param name="random">The random numbers of this trial.</param>
    /// <returns>The parameters.</returns>
    public TrialParameters Next(SearchSpace space, IReadOnlyList<Observation> observations, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(observations);
        if (observations.Count < StartTrials)
        {
            return space.Draw(random);
        }
        Observation[] sorted = [.. observations.OrderBy(item => item.Loss)];
        int count = Math.Min(MostBest, (int)Math.Ceiling(BestFraction * sorted.Length));
        var good = new ParzenEstimator(space, [.. sorted.Take(count).Select(item => item.Parameters)], BestSpread);
        var bad = new ParzenEstimator(space, [.. sorted.Skip(count).Select(item => item.Parameters)], OtherSpread);
        return Enumerable
            .Range(0, Candidates)
            .Select(_ => good.Draw(random))
            .MaxBy(candidate => good.LogDensity(candidate) - bad.LogDensity(candidate))!;
    }
}
