namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Figures that count classes and not images alone, out of their counts.</summary>
internal sealed class ConfusionScores
{
    private readonly double count,
        correct;
    private readonly double[] support,
        predicted;
    private readonly double[] recall,
        f1;

    /// <param name="counts">The counts.</param>
    public ConfusionScores(ClassCounts counts)
    {
        support = Array.ConvertAll(counts.Support.ToArray(), Convert.ToDouble);
        predicted = Array.ConvertAll(counts.Predicted.ToArray(), Convert.ToDouble);
        double[] right = Array.ConvertAll(counts.Correct.ToArray(), Convert.ToDouble);
        (count, correct) = (support.Sum(), right.Sum());
        int[] present = [.. Enumerable.Range(0, support.Length).Where(i => support[i] > 0)];
        recall = [.. present.Select(i => right[i] / support[i])];
        f1 = [.. present.Select(i => 2 * right[i] / (support[i] + predicted[i]))];
        WeightedF1 = present.Zip(f1, (i, value) => support[i] * value).Sum() / count;
    }

    /// <summary>Gets the mean F1 of the classes with images.</summary>
    public double MacroF1 => f1.Average();

    /// <summary>Gets the mean F1 of the classes, each weighted by its images.</summary>
    public double WeightedF1 { get; }

    /// <summary>Gets the mean recall of the classes with images.</summary>
    public double BalancedAccuracy => recall.Average();

    /// <summary>
    /// Gets the correlation of true class and predicted class (Gorodkin, 2004): 1 is perfect, 0 is no better than a constant.
    /// </summary>
    public double Matthews
    {
        get
        {
            double chance = Chance(),
                spread = Math.Sqrt((count * count - Squares(predicted)) * (count * count - Squares(support)));
            return spread == 0 ? 0 : (correct * count - chance) / spread;
        }
    }

    /// <summary>
    /// Gets Cohen's kappa (1960): the agreement beyond chance; not a number where chance alone agrees on everything.
    /// </summary>
    public double Kappa
    {
        get
        {
            double chance = Chance() / (count * count);
            return chance == 1 ? double.NaN : (correct / count - chance) / (1 - chance);
        }
    }

    private double Chance() => support.Zip(predicted, (a, b) => a * b).Sum();

    private static double Squares(double[] values) => values.Sum(value => value * value);
}
