using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>
/// Counts images, and right predictions, of each class. An image whose outputs are not all numbers counts as wrong: no class was
/// predicted for it.
/// </summary>
/// <param name="classes">The class names: those of the outputs, then those that no output stands for.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class ClassAccumulator(IReadOnlyList<string> classes, int outputs)
{
    private const long MostScores = 500_000_000; // kept for the curves of the classes: 2 GB
    private readonly ClassCounts counts = new(classes.Count);
    private readonly int[] ranks = new int[outputs]; // how often the true class came at each rank
    private readonly List<float[]> probabilities = [];
    private readonly List<int> labels = [];
    private double lossSum;
    private int known; // images whose class is one of the outputs

    /// <summary>Gets the number of images.</summary>
    public int Count => labels.Count;

    /// <summary>Gets the number of images classified correctly.</summary>
    public int Correct { get; private set; }

    /// <summary>Gets the number of images whose outputs are not all numbers.</summary>
    public int NonFinite { get; private set; }

    /// <summary>Gets the fraction of images classified correctly.</summary>
    public double Top1 => (double)Correct / Count;

    /// <summary>Gets figures that count classes and not images alone.</summary>
    public ConfusionScores Scores => new(counts);

    /// <summary>Returns the fraction of images whose class is among the first ones.</summary>
    /// <param name="first">How many are the first ones.</param>
    public double Top(int first) => (double)ranks.Take(first).Sum() / Count;

    /// <summary>Gets the mean loss of the images whose class is one of the outputs; not a number where there is none.</summary>
    public double Loss => lossSum / known;

    /// <summary>Counts a batch.</summary>
    /// <param name="values">The outputs before the softmax, one image behind the other.</param>
    /// <param name="truth">The class of each image.</param>
    public void Add(float[] values, ReadOnlySpan<int> truth)
    {
        bool keepsScores = (Count + truth.Length) * (long)outputs <= MostScores;
        float[] scores = new float[keepsScores ? values.Length : outputs];
        for (int i = 0; i < truth.Length; i++)
        {
            Add(values.AsSpan(i * outputs, outputs), truth[i], scores.AsSpan(keepsScores ? i * outputs : 0, outputs));
        }
        if (keepsScores)
        {
            probabilities.Add(scores);
        }
    }

    /// <summary>Returns one report for each class.</summary>
    public IReadOnlyList<ClassReport> Report() => Enumerable.Range(0, classes.Count).Select(ReportOf).ToArray().AsReadOnly();

    private void Add(ReadOnlySpan<float> row, int label, Span<float> scores)
    {
        labels.Add(label);
        double normalizer = Softmax.Of(row, temperature: 1, scores);
        if (label < outputs) // there is no loss for another class
        {
            lossSum += normalizer - row[label];
            known++;
        }
        if (Ranking.HasNaN(row))
        {
            NonFinite++;
            counts.Add(label, prediction: null);
            return;
        }
        int first = Ranking.Largest(row, 1)[0];
        counts.Add(label, first);
        Correct += first == label ? 1 : 0;
        if (label < outputs)
        {
            ranks[Ranking.Of(row, label)]++;
        }
    }

    private ClassReport ReportOf(int index)
    {
        int support = counts.Support[index],
            predicted = counts.Predicted[index],
            correct = counts.Correct[index];
        if (support == 0)
        {
            return new ClassReport(classes[index], double.NaN, double.NaN, double.NaN, 0);
        }
        (double rocAuc, double averagePrecision) = Curves(index);
        (double low, double high) = WilsonInterval.Of(correct, support);
        return new ClassReport(
            classes[index],
            Fraction(correct, predicted),
            Fraction(correct, support),
            Fraction(2 * correct, support + predicted),
            support
        )
        {
            Low = low,
            High = high,
            RocAuc = rocAuc,
            AveragePrecision = averagePrecision,
        };
    }

    /// <summary>Returns the areas of a class; not a number for a class that the network lacks, or of too many images to keep.</summary>
    private (double RocAuc, double AveragePrecision) Curves(int index)
    {
        if (index >= outputs || probabilities.Sum(batch => batch.LongLength) != (long)Count * outputs)
        {
            return (double.NaN, double.NaN);
        }
        float[] scores =
        [
            .. probabilities.SelectMany(batch => Enumerable.Range(0, batch.Length / outputs).Select(i => batch[i * outputs + index])),
        ];
        return ScoreCurves.Of(scores, [.. labels.Select(label => label == index)]);
    }

    private static double Fraction(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
