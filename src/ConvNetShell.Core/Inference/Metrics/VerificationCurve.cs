namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>
/// The receiver operating characteristic of pairs: for every threshold of similarity how many pairs of different classes are accepted as
/// the same, and how many pairs of the same class.
/// </summary>
internal sealed class VerificationCurve
{
    private readonly List<(double Threshold, double FalseAccepts, double TrueAccepts)> points = [(double.PositiveInfinity, 0, 0)];
    private readonly List<double> least = [double.PositiveInfinity]; // the least similarity accepted at each point

    /// <param name="pairs">The pairs.</param>
    /// <param name="weights">The weight of each pair, in the order of the pairs; <see langword="null"/> for 1.</param>
    public VerificationCurve(VerificationPairs pairs, double[]? weights = null)
    {
        Auc = double.NaN;
        if (Array.Exists(pairs.Scores, float.IsNaN))
        {
            return;
        }
        double same = 0,
            different = 0,
            area = 0;
        int count = pairs.Scores.Length;
        int first = 0; // of the pairs of equal score
        while (first < count)
        {
            double ownSame = 0,
                ownDifferent = 0;
            int next = first;
            while (next < count && pairs.Scores[next] == pairs.Scores[first])
            {
                double weight = weights?[next] ?? 1;
                (ownSame, ownDifferent) = pairs.Same[next] ? (ownSame + weight, ownDifferent) : (ownSame, ownDifferent + weight);
                next++;
            }
            area += ownDifferent * (same + (ownSame / 2));
            (same, different) = (same + ownSame, different + ownDifferent);
            double threshold = next < count ? (pairs.Scores[next - 1] + (double)pairs.Scores[next]) / 2 : pairs.Scores[next - 1];
            points.Add((threshold, different, same));
            least.Add(pairs.Scores[first]);
            first = next;
        }
        Auc = same > 0 && different > 0 ? area / (same * different) : double.NaN;
        for (int i = 0; i < points.Count; i++)
        {
            points[i] = (points[i].Threshold, points[i].FalseAccepts / different, points[i].TrueAccepts / same);
        }
    }

    /// <summary>Gets the thresholds from high to low with the rates of false and true accepts.</summary>
    public IReadOnlyList<(double Threshold, double FalseAccepts, double TrueAccepts)> Points => points;

    /// <summary>Gets the area under the curve; NaN without pairs of both kinds.</summary>
    public double Auc { get; }

    /// <summary>Gets the rate at which as many pairs of the same class are rejected as pairs of different ones accepted.</summary>
    public double EqualErrorRate
    {
        get
        {
            for (int i = 1; i < points.Count; i++)
            {
                (double above, double below) = (Gap(i - 1), Gap(i));
                if (below >= 0)
                {
                    double part = below == above ? 0 : -above / (below - above);
                    return points[i - 1].FalseAccepts + (part * (points[i].FalseAccepts - points[i - 1].FalseAccepts));
                }
            }
            return double.NaN;
        }
    }

    /// <summary>Gets the threshold with the largest mean of true accepts and true rejects.</summary>
    public double BestThreshold => Best.Threshold;

    /// <summary>Gets the mean of true accepts and true rejects at that threshold; chance is 0.5.</summary>
    public double BalancedAccuracy => double.IsNaN(Auc) ? double.NaN : (1 + Best.TrueAccepts - Best.FalseAccepts) / 2;

    private (double Threshold, double FalseAccepts, double TrueAccepts) Best =>
        points.Skip(1).MaxBy(point => point.TrueAccepts - point.FalseAccepts);

    /// <summary>Returns the largest rate of true accepts with at most some false accepts.</summary>
    /// <param name="falseAccepts">The rate of false accepts.</param>
    public double TrueAcceptRate(double falseAccepts) =>
        double.IsNaN(Auc) ? double.NaN : points.Last(point => point.FalseAccepts <= falseAccepts).TrueAccepts;

    /// <summary>Returns the rates at a threshold.</summary>
    /// <param name="threshold">The threshold: pairs at least as similar are accepted.</param>
    public (double FalseAccepts, double TrueAccepts) At(double threshold)
    {
        (_, double falseAccepts, double trueAccepts) = points[least.FindLastIndex(similarity => similarity >= threshold)];
        return (falseAccepts, trueAccepts);
    }

    private double Gap(int index) => points[index].FalseAccepts + points[index].TrueAccepts - 1;
}
