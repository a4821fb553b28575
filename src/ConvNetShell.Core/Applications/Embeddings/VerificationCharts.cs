using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Makes the curves of a verification.</summary>
internal static class VerificationCharts
{
    private const int Points = 200,
        BinCount = 40;

    /// <summary>Returns the receiver operating characteristic, thinned out to points evenly spaced along both axes.</summary>
    /// <param name="curve">The curve.</param>
    public static IReadOnlyList<RocPoint> Roc(VerificationCurve curve)
    {
        var points = new List<RocPoint>();
        double next = 0;
        foreach ((double threshold, double falseAccepts, double trueAccepts) in curve.Points)
        {
            double along = (falseAccepts + trueAccepts) / 2;
            if (along >= next || along >= 1)
            {
                points.Add(new RocPoint(threshold, falseAccepts, trueAccepts));
                next = along + (1.0 / Points);
            }
        }
        return points.AsReadOnly();
    }

    /// <summary>Returns the histogram of the similarities, of each kind of pair for itself.</summary>
    /// <param name="pairs">The pairs.</param>
    public static IReadOnlyList<VerificationBin> Bins(VerificationPairs pairs)
    {
        double low = pairs.Scores[^1],
            width = Math.Max((pairs.Scores[0] - low) / BinCount, 1e-9);
        double[] same = new double[BinCount],
            different = new double[BinCount];
        for (int i = 0; i < pairs.Scores.Length; i++)
        {
            int bin = Math.Min((int)((pairs.Scores[i] - low) / width), BinCount - 1);
            (pairs.Same[i] ? same : different)[bin]++;
        }
        (double allSame, double allDifferent) = (same.Sum(), different.Sum());
        return Enumerable
            .Range(0, BinCount)
            .Select(bin => new VerificationBin(
                low + (bin * width),
                low + ((bin + 1) * width),
                same[bin] / allSame,
                different[bin] / allDifferent
            ))
            .ToArray()
            .AsReadOnly();
    }
}
