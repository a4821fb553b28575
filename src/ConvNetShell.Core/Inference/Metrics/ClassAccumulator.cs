using ConvNetShell.Display.Records.Evaluation;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Counts how often each class was predicted for each true class.</summary>
/// <param name="classes">The class names: those of the outputs, then those that no output stands for.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class ClassAccumulator(IReadOnlyList<string> classes, int outputs)
{
    private readonly int[,] counts = new int[classes.Count, classes.Count]; // true class, class predicted
    private readonly int[] ranks = new int[outputs]; // how often the true class came at each rank

    /// <summary>Gets the number of images.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of images classified correctly.</summary>
    public int Correct { get; private set; }

    /// <summary>Gets the fraction of images classified correctly.</summary>
    public double Top1 => (double)Correct / Count;

    /// <summary>Gets figures that count classes and not images alone.</summary>
    public ConfusionScores Scores => new(counts);

    /// <summary>Returns the fraction of images whose class is among the first ones.</summary>
    /// <param name="first">How many are the first ones.</param>
    public double Top(int first) => (double)ranks.Take(first).Sum() / Count;

    /// <summary>Counts a batch.</summary>
    public void Add(Tensor logits, Tensor labels)
    {
        float[] values = logits.cpu().contiguous().data<float>().ToArray();
        long[] truth = labels.cpu().data<long>().ToArray();
        for (int i = 0; i < truth.Length; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * outputs, outputs);
            int first = Ranking.Largest(row, 1)[0];
            counts[truth[i], first]++;
            Correct += first == truth[i] ? 1 : 0;
            if (truth[i] < outputs)
            {
                ranks[Ranking.Of(row, (int)truth[i])]++;
            }
            Count++;
        }
    }

    /// <summary>Returns one report for each class.</summary>
    public IReadOnlyList<ClassReport> Report() => Enumerable.Range(0, classes.Count).Select(ReportOf).ToArray().AsReadOnly();

    private ClassReport ReportOf(int index)
    {
        int support = 0,
            proposed = 0;
        for (int other = 0; other < classes.Count; other++)
        {
            support += counts[index, other];
            proposed += counts[other, index];
        }
        int right = counts[index, index];
        if (support == 0)
        {
            return new ClassReport(classes[index], double.NaN, double.NaN, double.NaN, 0);
        }
        (double low, double high) = WilsonInterval.Of(right, support);
        return new ClassReport(
            classes[index],
            Fraction(right, proposed),
            Fraction(right, support),
            Fraction(2 * right, support + proposed),
            support
        )
        {
            Low = low,
            High = high,
        };
    }

    private static double Fraction(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
