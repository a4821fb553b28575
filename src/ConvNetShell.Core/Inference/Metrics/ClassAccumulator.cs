using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Counts which class was told for which.</summary>
/// <param name="classes">The class names: those of the outputs, then those that no output stands for.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class ClassAccumulator(IReadOnlyList<string> classes, int outputs)
{
    private readonly int[,] told = new int[classes.Count, classes.Count]; // true class, class told
    private int hitsInThree;

    /// <summary>Gets the number of images.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of images told right.</summary>
    public int Correct { get; private set; }

    /// <summary>Gets the share of images told right.</summary>
    public double Top1 => (double)Correct / Count;

    /// <summary>Gets the share of images whose class is among the first three.</summary>
    public double Top3 => (double)hitsInThree / Count;

    /// <summary>Counts a batch.</summary>
    public void Add(Tensor logits, Tensor labels)
    {
        float[] values = logits.cpu().contiguous().data<float>().ToArray();
        long[] truth = labels.cpu().data<long>().ToArray();
        for (int i = 0; i < truth.Length; i++)
        {
            int[] first = Ranking.Largest(values.AsSpan(i * outputs, outputs), 3);
            told[truth[i], first[0]]++;
            Correct += first[0] == truth[i] ? 1 : 0;
            hitsInThree += first.Contains((int)truth[i]) ? 1 : 0;
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
            support += told[index, other];
            proposed += told[other, index];
        }
        int right = told[index, index];
        return support == 0
            ? new ClassReport(classes[index], double.NaN, double.NaN, double.NaN, 0)
            : new ClassReport(classes[index], Share(right, proposed), Share(right, support), Share(2 * right, support + proposed), support);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
