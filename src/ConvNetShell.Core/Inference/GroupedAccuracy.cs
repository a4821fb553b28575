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
    /// <param name="positive">The class that counts as accepted in false accepts and rejects; <see langword="null"/>: of two classes the
    /// second, else each in turn against all others, and the mean of them.</param>
    /// <returns>The groups, and whether they differ by more than chance.</returns>
    /// <exception cref="NameNotFoundException">There is no such class.</exception>
    /// <exception cref="InvalidSettingException">There is not one group for each image.</exception>
    /// <exception cref="NonFiniteOutputException">There is an image with outputs that are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static GroupAccuracyReport Measure(
        MatchedSplit data,
        string by,
        IReadOnlyList<string> groups,
        string device,
        long seed = 0,
        CancellationToken stop = default,
        string? positive = null
    )
    {
        if (groups.Count != data.Split.Count)
        {
            throw new InvalidSettingException("Groups", FormattableString.Invariant($"{data.Split.Count}, one an image"), groups.Count);
        }
        int? accepted = Positive(data, positive);
        var scores = SplitScores.Of(data, device, stop);
        int[] predicted = [.. Enumerable.Range(0, scores.Count).Select(scores.Predicted)];
        bool[] correct = [.. predicted.Select((output, image) => output == scores.Label(image))];
        string[] names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        int[] indices = [.. groups.Select(group => Array.IndexOf(names, group))];
        var errors = new GroupErrors(data.Split.LabelArray, predicted, data.Names.Count, accepted);
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
        )
        {
            Positive = accepted is int known ? data.Names[known] : null,
            FalseAcceptGapPValue = errors.Probability(indices, names.Length, ofAccepts: true, seed, stop),
            FalseRejectGapPValue = errors.Probability(indices, names.Length, ofAccepts: false, seed, stop),
        };

        GroupAccuracy Group(string name, int index)
        {
            bool[] own = [.. correct.Where((_, image) => indices[image] == index)];
            int right = own.Count(isCorrect => isCorrect);
            (double low, double high) = WilsonInterval.Of(right, own.Length);
            return errors.Add(new GroupAccuracy(name, own.Length, right, low, high), indices, index);
        }
    }

    private static int? Positive(MatchedSplit data, string? name)
    {
        if (name is null)
        {
            return data.Names.Count == 2 ? 1 : null;
        }
        string? found = data.Names.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is null
            ? throw new NameNotFoundException("Class.NotFound", "Positive", data.Names, name)
            : data.Names.ToList().IndexOf(found);
    }
}
