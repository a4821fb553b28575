using Tensorboard;

namespace ConvNetShell.Core.Training.TensorBoard;

/// <summary>Counts weights in bins of one size.</summary>
internal static class WeightHistogram
{
    private const int Bins = 30;

    /// <summary>Returns the histogram of the numbers among the weights; <see langword="null"/> where there is none.</summary>
    public static HistogramProto? Of(IEnumerable<double> weights)
    {
        double[] known = [.. weights.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            return null;
        }
        (double least, double most) = (known.Min(), known.Max());
        double size = most > least ? (most - least) / Bins : 1;
        double[] counts = new double[Bins];
        foreach (double weight in known)
        {
            counts[Math.Min(Bins - 1, (int)((weight - least) / size))]++;
        }
        return new HistogramProto
        {
            Min = least,
            Max = most,
            Num = known.Length,
            Sum = known.Sum(),
            SumSquares = known.Sum(weight => weight * weight),
            BucketLimit = { Enumerable.Range(1, Bins).Select(bin => least + (bin * size)) },
            Bucket = { counts },
        };
    }
}
