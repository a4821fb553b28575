using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>
/// A density over a search space: the mean of one kernel for each trial and of the prior. A kernel is a product over the parameters: a
/// normal distribution cut at the bounds of a range, or of choices mostly the trial's own. The bandwidth narrows with the number of trials
/// n and of ranges d as n^(-1 / (d + 4)), Scott's rule.
/// </summary>
internal sealed class ParzenEstimator
{
    private const double LeastBandwidth = 0.01; // of the range
    private readonly SearchSpace space;
    private readonly IReadOnlyList<TrialParameters> trials;
    private readonly double bandwidth;

    /// <param name="space">The space.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="spread">The bandwidth with one trial, as a fraction of a range.</param>
    public ParzenEstimator(SearchSpace space, IReadOnlyList<TrialParameters> trials, double spread)
    {
        (this.space, this.trials) = (space, trials);
        int ranges = space.Dimensions.Count(dimension => dimension.Value is SearchRange);
        bandwidth = Math.Max(LeastBandwidth, spread * Math.Pow(trials.Count, -1.0 / (ranges + 4)));
    }

    /// <summary>Draws parameters.</summary>
    public TrialParameters Draw(SeededRandom random)
    {
        int kernel = random.NextInt(trials.Count + 1);
        TrialParameters? center = kernel < trials.Count ? trials[kernel] : null;
        return space.Fill(
            (name, dimension) =>
                center is null || !center.TryGetValue(name, out object? value) ? dimension.Draw(random)
                : dimension is SearchRange range ? range.FromUnit(Truncated(range.ToUnit(value), bandwidth, random))
                : DrawChoice((SearchChoices)dimension, value, random)
        );
    }

    /// <summary>Returns the logarithm of the density at a point.</summary>
    public double LogDensity(TrialParameters point)
    {
        double[] terms = new double[trials.Count + 1]; // the last is the prior
        foreach ((string name, SearchDimension dimension) in space.Dimensions)
        {
            if (!point.TryGetValue(name, out object? at))
            {
                continue;
            }
            double prior = dimension is SearchChoices all ? -Math.Log(all.Values.Count) : 0;
            terms[^1] += prior;
            for (int i = 0; i < trials.Count; i++)
            {
                terms[i] +=
                    !trials[i].TryGetValue(name, out object? value) ? prior
                    : dimension is SearchRange range ? LogNormal(range.ToUnit(at), range.ToUnit(value), bandwidth)
                    : LogChoice((SearchChoices)dimension, at, value);
            }
        }
        double largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)) / terms.Length);
    }

    private static double Truncated(double mean, double deviation, SeededRandom random)
    {
        while (true)
        {
            double drawn = mean + (deviation * random.NextGaussian());
            if (drawn is >= 0 and <= 1)
            {
                return drawn;
            }
        }
    }

    private static double LogNormal(double x, double mean, double deviation)
    {
        double inside = Cumulative((1 - mean) / deviation) - Cumulative(-mean / deviation);
        double z = (x - mean) / deviation;
        return (-0.5 * z * z) - Math.Log(deviation * Math.Sqrt(2 * Math.PI) * inside);
    }

    /// <summary>Returns the normal distribution's cumulative probability (Abramowitz and Stegun 26.2.17, error below 7.5e-8).</summary>
    private static double Cumulative(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail =
            Math.Exp(-0.5 * z * z)
            / Math.Sqrt(2 * Math.PI)
            * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }

    private double LogChoice(SearchChoices choices, object at, object value)
    {
        double other = OtherWeight(choices);
        return Math.Log((TrialParameters.AreEqual(at, value) ? 1 - other : 0) + (other / choices.Values.Count));
    }

    private object DrawChoice(SearchChoices choices, object value, SeededRandom random) =>
        random.NextDouble() < OtherWeight(choices) ? choices.Draw(random) : value;

    /// <summary>Returns the weight of the prior in a kernel over choices, which falls with the number of trials.</summary>
    private double OtherWeight(SearchChoices choices) => choices.Values.Count / (double)(choices.Values.Count + trials.Count);
}
