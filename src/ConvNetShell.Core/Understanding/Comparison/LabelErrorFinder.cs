using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Finds labels that may be wrong, by confident learning (Northcutt et al., arXiv 1911.00068).</summary>
public static class LabelErrorFinder
{
    /// <summary>
    /// Returns the images for which the network gives another class at least the mean probability that it gives to that class on the
    /// images labelled so, and more than their label. The network should not have been trained on these images.
    /// </summary>
    /// <param name="data">The network, which is moved to the device, and the images. The probability of a class that the network lacks
    /// is 0.</param>
    /// <param name="top">How many at most, the likeliest errors first.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The candidates; those with the largest lead of the other class first.</returns>
    /// <exception cref="InvalidSettingException">There is no such device.</exception>
    /// <exception cref="NonFiniteOutputException">Outputs of the network are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<LabelErrorCandidate> Find(
        MatchedSplit data,
        int top = 20,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        SplitScores scores = SplitScores.Of(data, device, stop);
        double[] thresholds = Thresholds(scores);
        var found = new List<(int Image, int Other, double Lead)>();
        for (int image = 0; image < scores.Count; image++)
        {
            int label = scores.Label(image),
                other = Other(scores, thresholds, image);
            if (other != label)
            {
                found.Add((image, other, scores.Probability(image, other) - scores.Probability(image, label)));
            }
        }
        return
        [
            .. found
                .OrderByDescending(candidate => candidate.Lead)
                .ThenBy(candidate => candidate.Image)
                .Take(top)
                .Select(
                    (candidate, index) =>
                    {
                        ImageSample sample = ImageSamples.FromSplit(data.Dataset, data.Source, candidate.Image);
                        int label = scores.Label(candidate.Image);
                        return new LabelErrorCandidate(
                            sample.Source,
                            index + 1,
                            data.Names[label],
                            data.Names[candidate.Other],
                            scores.Probability(candidate.Image, label),
                            scores.Probability(candidate.Image, candidate.Other),
                            thresholds[candidate.Other]
                        )
                        {
                            Sample = sample,
                        };
                    }
                ),
        ];
    }

    /// <summary>The mean probability of each class over the images labelled so; out of reach where there are none.</summary>
    private static double[] Thresholds(SplitScores scores)
    {
        var sums = new double[scores.Classes];
        var counts = new int[scores.Classes];
        for (int image = 0; image < scores.Count; image++)
        {
            int label = scores.Label(image);
            if (scores.Knows(label))
            {
                sums[label] += scores.Probability(image, label);
                counts[label]++;
            }
        }
        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.PositiveInfinity : sum / count)];
    }

    /// <summary>
    /// Returns the likeliest of the classes that reach their threshold; the label where none does or the label is likelier.
    /// </summary>
    private static int Other(SplitScores scores, double[] thresholds, int image)
    {
        int best = scores.Label(image);
        for (int i = 0; i < scores.Classes; i++)
        {
            if (scores.Probability(image, i) >= thresholds[i] && scores.Probability(image, i) > scores.Probability(image, best))
            {
                best = i;
            }
        }
        return best;
    }
}
