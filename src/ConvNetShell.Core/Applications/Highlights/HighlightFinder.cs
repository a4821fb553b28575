using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Highlights;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>Finds the windows of a match that a network of streams holds for highlights.</summary>
public static class HighlightFinder
{
    /// <summary>Finds highlights.</summary>
    /// <param name="network">The network, such as TwoStream.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The windows of its matches.</param>
    /// <param name="match">The match; <see langword="null"/> for the first.</param>
    /// <param name="top">How many windows at most, 1 or more.</param>
    /// <param name="stream">The streams whose evidence counts.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The windows with the highest scores, the highest first.</returns>
    /// <exception cref="InvalidSettingException">The network has no streams whose evidence adds up, or was not trained to find highlights,
    /// or the dataset has no matches.</exception>
    /// <exception cref="NameNotFoundException">There is no such match.</exception>
    /// <exception cref="ShapeMismatchException">The windows do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Highlight> Find(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        string? match,
        int top,
        HighlightStream stream,
        string device,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Fits(network, split, dataset.Name);
        FilmReader.Require(dataset, split);
        MatchList matches = MatchList.Of(dataset, split);
        int[] windows = match is null ? matches.Matches[0] : matches.Find(match);
        WindowScores scores = WindowScores.Of(network, split.Take(windows), device, stop);
        double[] probabilities = scores.Probabilities(stream);
        int[] chosen = [.. Best(probabilities, top)];
        bool[]? truth = Truth(dataset, split);
        string name = matches.Name(windows[0]);
        var timeline = new MatchTimeline(
            network.Name,
            name,
            [
                .. windows.Select(
                    (window, i) =>
                        new TimelineWindow(
                            matches.Start(window),
                            matches.Start(window) + MatchFilm.Seconds,
                            probabilities[i],
                            scores.Picture[i],
                            scores.Sound[i],
                            truth?[window],
                            chosen.Contains(i)
                        )
                ),
            ]
        );
        return
        [
            .. chosen.Select(
                (i, rank) =>
                    new Highlight(
                        network.Name,
                        name,
                        rank + 1,
                        timeline.Windows[i].Start,
                        timeline.Windows[i].End,
                        probabilities[i],
                        scores.PictureShare(i),
                        1 - scores.PictureShare(i)
                    )
                    {
                        Film = FilmReader.Read(split.Image(windows[i])),
                        Timeline = timeline,
                        IsHighlight = truth?[windows[i]],
                        Attributes = split.Attributes.Of(windows[i]),
                    }
            ),
        ];
    }

    /// <summary>Returns the highest scores, the highest first; of equal ones the earlier first.</summary>
    internal static IEnumerable<int> Best(IReadOnlyList<double> scores, int top) =>
        Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).Take(top);

    /// <summary>Returns whether each window is a highlight; <see langword="null"/> where the dataset does not say.</summary>
    internal static bool[]? Truth(Dataset dataset, DatasetSplit split)
    {
        int label = dataset.Classes.ToList().IndexOf(WindowScores.Class);
        return label < 0 ? null : [.. split.Labels.Select(own => own == label)];
    }
}
