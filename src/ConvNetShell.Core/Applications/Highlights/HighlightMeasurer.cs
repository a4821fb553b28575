using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Highlights;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>Measures how well a network of streams finds the highlights of matches.</summary>
public static class HighlightMeasurer
{
    /// <summary>Measures a network on a split.</summary>
    /// <param name="network">The network, such as TwoStream.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The windows of its matches.</param>
    /// <param name="top">How many windows of each match are picked, 1 or more.</param>
    /// <param name="stream">The streams whose evidence counts.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>Average precision, recall and precision of the picked windows, and recall by side and by the streams that show a
    /// highlight.</returns>
    /// <exception cref="InvalidSettingException">The network has no streams whose evidence adds up, or was not trained to find highlights,
    /// or the dataset has no matches or no highlights.</exception>
    /// <exception cref="ShapeMismatchException">The windows do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static HighlightReport Measure(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        int top,
        HighlightStream stream,
        string device,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Fits(network, split, dataset.Name);
        FilmReader.Require(dataset, split);
        MatchList matches = MatchList.Of(dataset, split);
        if (HighlightFinder.Truth(dataset, split) is not { } truth || !truth.Contains(true))
        {
            throw new InvalidSettingException(
                "Dataset",
                $"one with windows of the class {WindowScores.Class}",
                $"{dataset.Name} {split.Name}"
            );
        }
        WindowScores scores = WindowScores.Of(network, split, device, stop);
        double[] probabilities = scores.Probabilities(stream);
        var picked = new bool[split.Count];
        foreach (int[] match in matches.Matches)
        {
            foreach (int best in HighlightFinder.Best([.. match.Select(window => probabilities[window])], top))
            {
                picked[match[best]] = true;
            }
        }
        int highlights = truth.Count(own => own),
            found = truth.Where((own, i) => own && picked[i]).Count();
        return new HighlightReport(
            network.Name,
            Streams(network, stream),
            dataset.Name,
            split.Name,
            split.Count,
            highlights,
            AveragePrecision.Of(probabilities, truth),
            top,
            (double)found / highlights,
            (double)found / picked.Count(own => own)
        )
        {
            BestRecall = (double)matches.Matches.Sum(match => Math.Min(top, match.Count(window => truth[window]))) / highlights,
            Loudness = AveragePrecision.Of([.. Enumerable.Range(0, split.Count).Select(i => FilmReader.Loudness(split.Image(i)))], truth),
            Groups = [.. Groups("Side"), .. Groups("ShownIn")],
        };

        IEnumerable<HighlightGroup> Groups(string by) =>
            split.Attributes.TryGet(by, out IReadOnlyList<string>? names)
                ? Enumerable
                    .Range(0, split.Count)
                    .Where(i => truth[i])
                    .GroupBy(i => names[i])
                    .OrderByDescending(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new HighlightGroup(by, group.Key, group.Count(), group.Count(i => picked[i])))
                : [];
    }

    private static string Streams(Network network, HighlightStream stream)
    {
        string[] own = [.. StreamFeatures.Of(network).Parts.Select(part => part.Stream.ToString().ToLowerInvariant()).Distinct()];
        return own.Length == 1 ? own[0] : stream.ToString().ToLowerInvariant();
    }
}
