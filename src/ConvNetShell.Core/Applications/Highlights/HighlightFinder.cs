using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Films;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Streams;
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
        DatasetSplit own = split.Take(windows);
        return Rows(network, matches.Name(windows[0]), own, i => matches.Start(windows[i]), Truth(dataset, own), top, stream, device, stop);
    }

    /// <summary>Finds highlights of a film.</summary>
    /// <param name="network">The network, such as TwoStream.</param>
    /// <param name="film">The film.</param>
    /// <param name="top">How many windows at most, 1 or more.</param>
    /// <param name="stream">The streams whose evidence counts.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The windows with the highest scores, the highest first; their times are those of the film.</returns>
    /// <exception cref="InvalidSettingException">The network has no streams whose evidence adds up, or was not trained to find
    /// highlights.</exception>
    /// <exception cref="DataFormatException">The film has no sound, and only the sound would count.</exception>
    /// <exception cref="ShapeMismatchException">The windows do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Highlight> Find(
        Network network,
        Film film,
        int top,
        HighlightStream stream,
        string device,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Fits(network, film.Windows, film.Name);
        if (!film.HasSound && (stream == HighlightStream.Sound || !Uses(network, StreamKind.Picture)))
        {
            throw new DataFormatException("Data.NoSound", film.Path, "expected a sound track, as only the sound counts. Received: none.");
        }
        return Rows(network, film.Name, film.Windows, i => i * MatchFilm.Seconds, truth: null, top, stream, device, stop);
    }

    /// <summary>Returns whether a network uses a stream.</summary>
    /// <param name="network">The network, such as TwoStream.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>Whether one of its streams is that.</returns>
    /// <exception cref="InvalidSettingException">The network has no streams whose evidence adds up, or was not trained to find
    /// highlights.</exception>
    public static bool Uses(Network network, StreamKind stream)
    {
        bool uses = StreamFeatures.Of(network).Parts.Any(part => part.Stream == stream);
        WindowScores.ClassIndex(network);
        return uses;
    }

    private static IReadOnlyList<Highlight> Rows(
        Network network,
        string name,
        DatasetSplit windows,
        Func<int, double> start,
        bool[]? truth,
        int top,
        HighlightStream stream,
        string device,
        CancellationToken stop
    )
    {
        WindowScores scores = WindowScores.Of(network, windows, device, stop);
        double[] probabilities = scores.Probabilities(stream);
        int[] chosen = [.. Best(probabilities, top)];
        var timeline = new MatchTimeline(
            network.Name,
            name,
            [
                .. probabilities.Select(
                    (probability, i) =>
                        new TimelineWindow(
                            start(i),
                            start(i) + MatchFilm.Seconds,
                            probability,
                            scores.Picture[i],
                            scores.Sound[i],
                            truth?[i],
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
                        Film = FilmReader.Read(windows.Image(i)),
                        Timeline = timeline,
                        IsHighlight = truth?[i],
                        Attributes = windows.Attributes.Of(i),
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
