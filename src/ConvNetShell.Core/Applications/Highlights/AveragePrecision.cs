namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>The average precision of a ranking.</summary>
public static class AveragePrecision
{
    /// <summary>Measures: the mean, over the positives, of the precision among all with at least their score.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="positives">Whether each is a positive; one at least must be.</param>
    /// <returns>From 0 to 1; equal scores count together, so that their order does not matter.</returns>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> positives)
    {
        int seen = 0,
            found = 0;
        double sum = 0;
        foreach (
            IGrouping<double, int> equal in Enumerable.Range(0, scores.Count).GroupBy(i => scores[i]).OrderByDescending(own => own.Key)
        )
        {
            int own = equal.Count(i => positives[i]);
            seen += equal.Count();
            found += own;
            sum += (double)own * found / seen;
        }
        return sum / found;
    }
}
