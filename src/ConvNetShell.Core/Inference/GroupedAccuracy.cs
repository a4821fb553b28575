using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Inference;

/// <summary>Measures a network on each group of a split's images.</summary>
public static class GroupedAccuracy
{
    /// <summary>Measures.</summary>
    /// <param name="data">The network and the images.</param>
    /// <param name="by">The name of the property that the images are grouped by.</param>
    /// <param name="groups">The group of each image of the split.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="seed">The seed of the permutation test.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The groups, and whether they differ by more than chance.</returns>
    /// <exception cref="InvalidSettingException">There is not one group for each image.</exception>
    /// <exception cref="NonFiniteOutputException">There is an image with outputs that are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static GroupAccuracyReport Measure(
        MatchedSplit data,
        string by,
        IReadOnlyList<string> groups,
        string device,
        long seed = 0,
        CancellationToken stop = default
    )
    {
        if (groups.Count != data.Split.Count)
        {
            throw new InvalidSettingException("Groups", FormattableString.Invariant($"{data.Split.Count}, one an image"), groups.Count);
        }
        var scores = SplitScores.Of(data, device, stop);
        bool[] correct = [.. Enumerable.Range(0, scores.Count).Select(image => scores.Predicted(image) == scores.Label(image))];
        string[] names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        int[] indices = [.. groups.Select(group => Array.IndexOf(names, group))];
        double probability = PermutationTest.Probability(
            indices,
            drawn => PermutationTest.ChiSquare(drawn, correct, names.Length),
            seed,
            stop
        );
        return new GroupAccuracyReport(
            data.Network.Name,
            data.Dataset.Name,
            data.Source.Name,
            by,
            correct.Length,
            (double)correct.Count(right => right) / correct.Length,
            probability,
            names.Select(Group).OrderBy(group => group.Accuracy).ToArray().AsReadOnly()
        );

        GroupAccuracy Group(string name, int index)
        {
            bool[] own = [.. correct.Where((_, image) => indices[image] == index)];
            int right = own.Count(isCorrect => isCorrect);
            (double low, double high) = WilsonInterval.Of(right, own.Length);
            return new GroupAccuracy(name, own.Length, right, low, high);
        }
    }
}
