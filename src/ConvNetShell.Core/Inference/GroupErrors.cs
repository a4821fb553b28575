using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Inference;

/// <summary>
/// False accepts and false rejects of groups. A class is accepted where it is the likeliest: a false accept is an image of another class
/// that is taken for it, a false reject one of the class that is not. With one class that counts as accepted these are its rates; without,
/// the means of the rates of all classes, each against all others, where the group has such images.
/// </summary>
/// <param name="labels">The class of each image.</param>
/// <param name="predicted">The likeliest class of each image.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="positive">The class that counts as accepted, or <see langword="null"/> for the mean over all.</param>
internal sealed class GroupErrors(int[] labels, int[] predicted, int classes, int? positive)
{
    private const int Draws = 1999;

    /// <summary>Returns a group with its rates and their intervals.</summary>
    /// <param name="group">The group.</param>
    /// <param name="indices">The group of each image.</param>
    /// <param name="index">The group's index.</param>
    public GroupAccuracy Add(GroupAccuracy group, int[] indices, int index)
    {
        Counts counts = Count(indices, index + 1)[index];
        (double accept, double acceptLow, double acceptHigh) = Rate(counts, ofAccepts: true);
        (double reject, double rejectLow, double rejectHigh) = Rate(counts, ofAccepts: false);
        return group with
        {
            FalseAcceptRate = accept,
            FalseAcceptLow = acceptLow,
            FalseAcceptHigh = acceptHigh,
            FalseRejectRate = reject,
            FalseRejectLow = rejectLow,
            FalseRejectHigh = rejectHigh,
        };
    }

    /// <summary>Returns the probability that rates differ as much by chance.</summary>
    /// <param name="indices">The group of each image.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="ofAccepts">Whether the false accepts are meant, else the false rejects.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="stop">Ends it.</param>
    public double Probability(int[] indices, int groups, bool ofAccepts, long seed, CancellationToken stop) =>
        PermutationTest.Probability(
            indices,
            drawn => Gap([.. Count(drawn, groups).Select(counts => Rate(counts, ofAccepts).Rate).Where(double.IsFinite)]),
            seed,
            stop,
            Draws
        );

    private static double Gap(double[] rates) => rates.Length < 2 ? double.NaN : rates.Max() - rates.Min();

    private Counts[] Count(int[] indices, int groups)
    {
        Counts[] counts = [.. Enumerable.Range(0, groups).Select(_ => new Counts(new int[classes], new int[classes], new int[classes]))];
        for (int image = 0; image < labels.Length; image++)
        {
            if (indices[image] >= groups)
            {
                continue;
            }
            Counts own = counts[indices[image]];
            own.Images[labels[image]]++;
            if (labels[image] != predicted[image])
            {
                own.Missed[labels[image]]++;
                own.TakenFor[predicted[image]]++;
            }
        }
        return counts;
    }

    /// <summary>
    /// A mean of rates has the interval of one rate of as many images as give its variance: with equal numbers of images a class, those of
    /// all classes together.
    /// </summary>
    private (double Rate, double Low, double High) Rate(Counts counts, bool ofAccepts)
    {
        int all = counts.Images.Sum();
        double sum = 0,
            inverse = 0;
        int used = 0;
        for (int c = positive ?? 0; c <= (positive ?? classes - 1); c++)
        {
            int images = ofAccepts ? all - counts.Images[c] : counts.Images[c];
            if (images > 0)
            {
                sum += (double)(ofAccepts ? counts.TakenFor[c] : counts.Missed[c]) / images;
                inverse += 1.0 / images;
                used++;
            }
        }
        if (used == 0)
        {
            return (double.NaN, double.NaN, double.NaN);
        }
        double rate = sum / used;
        (double low, double high) = WilsonInterval.Of(rate, used * used / inverse);
        return (rate, low, high);
    }

    private sealed record Counts(int[] Images, int[] Missed, int[] TakenFor);
}
