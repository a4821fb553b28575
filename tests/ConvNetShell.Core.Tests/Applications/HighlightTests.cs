using ConvNetShell.Core.Applications.Highlights;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Films;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Highlights;

namespace ConvNetShell.Core.Tests.Applications;

public sealed class HighlightTests
{
    private const string Two = "concat(picture24 avgpool8 fc4 relu | sound16 avgpool64 fc3 relu) drop0.1 fc2 softmax";

    private static readonly Dataset Matches = MatchesGenerator.Generate(120, 120, seed: 3);
    private static readonly TrainingSettings Settings = new()
    {
        Epochs = 1,
        BatchSize = 32,
        LearningRate = 0.01,
    };

    [Fact]
    public void Average_precision_is_that_of_the_definition_and_equal_scores_count_together()
    {
        Assert.Equal(1, AveragePrecision.Of([0.9, 0.8, 0.1], [true, true, false]), 12);
        Assert.Equal(((1.0 / 2) + (2.0 / 3)) / 2, AveragePrecision.Of([0.9, 0.8, 0.7, 0.1], [false, true, true, false]), 12);
        Assert.Equal(0.25, AveragePrecision.Of([0.5, 0.5, 0.5, 0.5], [true, false, false, false]), 12);
    }

    [Fact]
    public void The_evidence_of_both_streams_adds_up_to_what_the_network_says()
    {
        TrainingRun run = Train(Two);
        var scores = WindowScores.Of(run.Network, Matches.Test!, "cpu", default);
        double[] both = scores.Probabilities(HighlightStream.Both);
        var known = SplitScores.Of(MatchedSplit.Of(run.Network, Matches, Matches.Test!), "cpu", default);
        for (int i = 0; i < both.Length; i++)
        {
            Assert.Equal(known.Probability(i, 1), both[i], 5);
        }
        Assert.Equal(0, scores.Picture.Average(), 9);
        Assert.Equal(0, scores.Sound.Average(), 9);
        Assert.Contains(scores.Picture, value => Math.Abs(value) > 1e-6);
        Assert.Contains(scores.Sound, value => Math.Abs(value) > 1e-6);
        Assert.NotEqual(both, scores.Probabilities(HighlightStream.Picture));
    }

    [Fact]
    public void A_stream_that_is_changed_changes_its_own_evidence_only()
    {
        TrainingRun run = Train(Two);
        DatasetSplit split = Matches.Test!.Take([0, 1]);
        var bytes = split.Image(0).ToArray().Concat(split.Image(1).ToArray()).ToArray();
        Array.Fill(bytes, (byte)255, MatchFilm.PictureRows * MatchFilm.Width, MatchFilm.SoundRows * MatchFilm.Width); // a stretch of sound
        var louder = new DatasetSplit("Test", split.Shape, bytes, [.. split.Labels]);
        var before = WindowScores.Of(run.Network, split, "cpu", default);
        var after = WindowScores.Of(run.Network, louder, "cpu", default);
        Assert.Equal(before.Picture[0], after.Picture[0], 6);
        Assert.NotEqual(before.Sound[0], after.Sound[0], 6);
    }

    [Fact]
    public void The_highlights_of_a_match_are_its_windows_with_the_highest_scores()
    {
        TrainingRun run = Train(Two);
        IReadOnlyList<Highlight> best = HighlightFinder.Find(run.Network, Matches, Matches.Test!, "2", 5, HighlightStream.Both, "cpu");
        MatchTimeline timeline = best[0].Timeline;
        Assert.Equal([1, 2, 3, 4, 5], best.Select(row => row.Rank));
        Assert.Equal(timeline.Windows.Select(window => window.Score).OrderDescending().Take(5), best.Select(row => row.Score));
        Assert.Equal(60, timeline.Windows.Count);
        Assert.Equal(5, timeline.Windows.Count(window => window.IsChosen));
        Assert.All(best, row => Assert.Equal(row.IsHighlight, row.Attributes["ShownIn"] != "none"));
        Assert.All(best, row => Assert.Equal((2.0, "2"), (row.End - row.Start, row.Match)));
        Assert.All(best, row => Assert.True(double.IsNaN(row.PictureShare) || row.PictureShare + row.SoundShare == 1));
        Assert.Throws<NameNotFoundException>(() => Find(run.Network, "4"));
    }

    [Fact]
    public void A_film_of_a_match_has_its_highlights()
    {
        FilmFile.RequireFfmpeg();
        using var folder = new TestFolder();
        DatasetSplit match = Matches.Test!.Take([.. Enumerable.Range(0, 60)]);
        var film = FilmDecoder.Read(FilmFile.Write(folder, "match.mp4", match), new ReadOptions());
        TrainingRun run = Train(Two);
        IReadOnlyList<Highlight> known = HighlightFinder.Find(run.Network, Matches, Matches.Test!, "1", 10, HighlightStream.Both, "cpu"),
            found = HighlightFinder.Find(run.Network, film, 10, HighlightStream.Both, "cpu");

        Assert.InRange(found.Select(row => row.Start).Intersect(known.Select(row => row.Start)).Count(), 8, 10);
        Assert.All(found, row => Assert.Equal(("match.mp4", (bool?)null, 2.0), (row.Match, row.IsHighlight, row.End - row.Start)));
        Assert.Equal(120, found[0].Timeline.Windows[^1].End);
    }

    [Fact]
    public void A_film_without_sound_is_an_error_where_only_the_sound_counts()
    {
        var film = new Film("silent.mp4", Matches.Test!.Take([0, 1]), 4, HasSound: false);
        TrainingRun both = Train(Two),
            heard = Train("sound16 avgpool64 fc4 relu fc2 softmax");

        Assert.Equal(2, HighlightFinder.Find(both.Network, film, 10, HighlightStream.Both, "cpu").Count);
        Assert.Equal(
            (true, false),
            (HighlightFinder.Uses(both.Network, StreamKind.Picture), HighlightFinder.Uses(heard.Network, StreamKind.Picture))
        );
        foreach ((TrainingRun run, HighlightStream stream) in new[] { (both, HighlightStream.Sound), (heard, HighlightStream.Both) })
        {
            var error = Assert.Throws<DataFormatException>(() => HighlightFinder.Find(run.Network, film, 10, stream, "cpu"));
            Assert.Equal("Data.NoSound", error.ErrorId);
        }
    }

    [Theory]
    [InlineData("picture24 avgpool8 fc4 relu fc2 softmax", "picture", 1)]
    [InlineData("sound16 avgpool64 fc4 relu fc2 softmax", "sound", 0)]
    public void A_single_stream_has_all_the_evidence(string spec, string stream, double share)
    {
        TrainingRun run = Train(spec);
        HighlightReport report = HighlightMeasurer.Measure(run.Network, Matches, Matches.Test!, 10, HighlightStream.Both, "cpu");
        Assert.Equal(stream, report.Stream);
        Assert.Equal(share, Find(run.Network, null)[0].PictureShare);
    }

    [Fact]
    public void The_report_counts_highlights_among_the_picked_windows_of_each_match()
    {
        TrainingRun run = Train(Two);
        HighlightReport report = HighlightMeasurer.Measure(run.Network, Matches, Matches.Test!, 60, HighlightStream.Both, "cpu");
        Assert.Equal((1, 1), (report.Recall, report.BestRecall)); // all are picked
        Assert.Equal(report.Floor, report.Precision, 12);
        Assert.Equal(report.Highlights, report.Groups.Where(group => group.By == "Side").Sum(group => group.Count));
        Assert.Equal((1, 1), (report.HomeRecall, report.AwayRecall));

        HighlightReport few = HighlightMeasurer.Measure(run.Network, Matches, Matches.Test!, 5, HighlightStream.Both, "cpu");
        Assert.Equal(10.0 / few.Highlights, few.BestRecall, 12);
        Assert.Equal(few.Precision * 10, few.Recall * few.Highlights, 9);
        Assert.InRange(few.AveragePrecision, 0, 1);
    }

    [Theory]
    [InlineData("picture24 flatten fc2 softmax", null)]
    [InlineData("conv3d3x3x3x2 relu fc2 softmax", "a network of streams")]
    [InlineData("concat(picture24 avgpool8 fc4 | sound16 avgpool64 fc4) relu fc4 relu fc2", "meet in its last dense layer")]
    [InlineData("concat(picture24 avgpool8 fc4 | flatten fc4) fc2", "a network of streams")]
    public void A_network_whose_evidence_does_not_add_up_is_an_error(string spec, string? message)
    {
        using Network network = Make(spec);
        if (message is null)
        {
            Assert.Equal((StreamKind.Picture, 0, 8 * 24 * 32), Assert.Single(StreamFeatures.Of(network).Parts));
            return;
        }
        Assert.Contains(
            message,
            Assert.Throws<InvalidSettingException>(() => StreamFeatures.Of(network)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_untrained_network_and_a_dataset_without_matches_are_errors()
    {
        using Network network = Make(Two);
        Says("untrained", () => Find(network, null));
        TrainingRun run = Train(Two);
        Dataset plain = new(
            "Plain",
            "",
            Matches.Classes,
            new DatasetSplit("Train", MatchFilm.Shape, new byte[MatchFilm.Shape.Elements], [1])
        );
        Says(
            "the attributes Match and Start",
            () => HighlightMeasurer.Measure(run.Network, plain, plain.Train, 10, HighlightStream.Both, "cpu")
        );

        static void Says(string text, Action act) =>
            Assert.Contains(text, Assert.Throws<InvalidSettingException>(act).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Highlight> Find(Network network, string? match) =>
        HighlightFinder.Find(network, Matches, Matches.Test!, match, 3, HighlightStream.Both, "cpu");

    private static TrainingRun Train(string spec) => Trainer.Train(Make(spec), Matches, Settings);

    private static Network Make(string spec) => Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), MatchFilm.Shape), seed: 1);
}
