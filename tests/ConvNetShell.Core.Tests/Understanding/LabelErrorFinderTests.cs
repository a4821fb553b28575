using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class LabelErrorFinderTests
{
    [Fact]
    public void Labels_that_were_changed_are_found_and_no_others()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset();
        Trainer.Train(
            network,
            data,
            new TrainingSettings
            {
                Epochs = 20,
                BatchSize = 8,
                Device = "cpu",
            }
        );
        DatasetSplit good = TinyData.Easy(60, 9, "Test");
        // Of each class the image the network is surest of: it reaches the mean of its class whatever the other two do.
        Dataset known = new("Tiny", "made by a test", data.Classes, data.Train, null, good);
        int[] labels = [.. good.Labels],
            changed =

            [
                .. Enumerable
                    .Range(0, 60)
                    .Select(image => ImageSamples.FromSplit(known, good, image))
                    .Chunk(60)
                    .SelectMany(samples => Predictor.Predict(network, samples, 1, "cpu"))
                    .GroupBy(told => told.Label)
                    .Select(group => group.MaxBy(told => told.Probability)!.Sample!.Index)
                    .Order(),
            ];
        Assert.Equal(3, changed.Length);
        foreach (int image in changed)
        {
            labels[image] = (labels[image] + 1) % 3;
        }
        var test = new DatasetSplit("Test", good.Shape, good.PixelArray, labels);
        IReadOnlyList<LabelErrorCandidate> found = LabelErrorFinder.Find(MatchedSplit.Of(network, data, test), 20, "cpu");
        Assert.Equal(
            changed.Select(image => $"Test[{image}]"),
            found
                .Select(candidate => candidate.Source)
                .OrderBy(source => int.Parse(source[5..^1], System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.All(found, candidate => Assert.Equal(data.Classes[good.Labels[candidate.Sample.Index]], candidate.Suggested));
        Assert.Equal([1, 2, 3], found.Select(candidate => candidate.Rank));
        Assert.Equal(found.OrderByDescending(candidate => candidate.SuggestedProbability - candidate.LabelProbability), found);
        Assert.All(found, candidate => Assert.Equal(-Math.Log(candidate.LabelProbability), candidate.Loss, 1e-9));
        Assert.Empty(LabelErrorFinder.Find(MatchedSplit.Of(network, data, good), 20, "cpu"));
        Assert.Single(LabelErrorFinder.Find(MatchedSplit.Of(network, data, test), 1, "cpu"));
    }
}
