using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class PredictorTests
{
    [Fact]
    public void Probabilities_fall_with_the_rank()
    {
        using Network network = EvaluatorTests.Constant("fc4", 0, 3, 2, 1);
        IReadOnlyList<Prediction> all = Predictor.Predict(network, [Sample(label: 2)], top: 9, "cpu");
        Assert.Equal(["1", "2", "3", "0"], all.Select(p => p.Class));
        Assert.Equal([1, 2, 3, 4], all.Select(p => p.Rank));
        Assert.Equal(1, all.Sum(p => p.Probability), 5);
        Assert.Equal(1 / (1 + Math.Exp(-1) + Math.Exp(-2) + Math.Exp(-3)), all[0].Probability, 5);
        Assert.Equal([false, true, false, false], all.Select(p => p.Correct!.Value));
        Assert.All(all, p => Assert.Equal("2", p.Label));
        Assert.All(all, p => Assert.Equal(-Math.Log(all[1].Probability), p.Loss!.Value, 1e-6));
        Assert.Null(Predictor.Predict(network, [Sample()], 1, "cpu")[0].Loss);
    }

    [Fact]
    public void Equal_probabilities_are_ranked_by_the_lower_class()
    {
        using Network network = EvaluatorTests.Constant("fc4", 1, 2, 2, 2);
        Assert.Equal(["1", "2", "3"], Predictor.Predict(network, [Sample()], 3, "cpu").Select(p => p.Class));
    }

    [Fact]
    public void Tells_what_training_taught()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset(test: 150); // more than one batch
        Trainer.Train(
            network,
            data,
            new TrainingSettings
            {
                Epochs = 12,
                BatchSize = 8,
                Device = "cpu",
            }
        );
        ImageSample[] samples = [.. Enumerable.Range(0, 150).Select(i => ImageSamples.FromSplit(data, data.Test!, i))];
        IReadOnlyList<Prediction> first = Predictor.Predict(network, samples, 1, "cpu");
        Assert.Equal(Enumerable.Range(0, 150).Select(i => $"Test[{i}]"), first.Select(p => p.Source));
        Assert.Equal(
            Evaluator.Measure(TinyData.Match(network, data.Test!, "Tiny"), "cpu").Top1,
            first.Count(p => p.Correct == true) / 150.0
        );
        Assert.InRange(first.Count(p => p.Correct == true), 143, 150);
    }

    [Theory]
    [InlineData("b", 0, "b", true)] // by name, whatever its place in its own dataset
    [InlineData("B", 0, "B", true)] // in any case
    [InlineData("zebra", 1, "zebra", false)] // a class that the network lacks
    [InlineData("zebra", null, "zebra", false)]
    [InlineData(null, 1, "b", true)]
    [InlineData(null, null, null, null)]
    [InlineData(null, 7, null, null)]
    public void Truth_is_found_by_name_and_without_a_name_by_place(string? name, int? label, string? truth, bool? correct)
    {
        using Network network = EvaluatorTests.Constant("fc3", 0, 1, 0);
        network.Classes = ["a", "b", "c"];
        Prediction prediction = Assert.Single(Predictor.Predict(network, [Sample(label, name)], 1, "cpu"));
        Assert.Equal(("b", truth, correct), (prediction.Class, prediction.Label, prediction.Correct));
    }

    [Fact]
    public void File_is_the_source() => Assert.Equal("cat.png", (Sample() with { File = "cat.png" }).Source);

    [Fact]
    public void No_image_gives_no_prediction()
    {
        using Network network = TinyData.Network();
        Assert.Empty(Predictor.Predict(network, [], 3, "cpu"));
    }

    [Fact]
    public void Images_must_fit()
    {
        using Network network = TinyData.Network(),
            maps = TinyData.Network("conv3x3x3");
        ImageSample good = Sample(),
            bad = good with { Height = 7, File = "tall.png" },
            brief = good with { Pixels = new byte[5] };
        Assert.Contains(
            "tall.png",
            Assert.Throws<ShapeMismatchException>(() => Predictor.Predict(network, [good, bad], 1, "cpu")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Received: 2x6x6 (5 bytes)",
            Assert.Throws<ShapeMismatchException>(() => Predictor.Predict(network, [brief], 1, "cpu")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ShapeMismatchException>(() => Predictor.Predict(maps, [good], 1, "cpu"));
        Assert.Equal("Top", Assert.Throws<InvalidSettingException>(() => Predictor.Predict(network, [good], 0, "cpu")).Setting);
    }

    [Fact]
    public void Stops_when_asked()
    {
        using Network network = TinyData.Network();
        Assert.Throws<OperationCanceledException>(() =>
            Predictor.Predict(network, [Sample()], 1, "cpu", new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using Network network = TinyData.Network();
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => Predictor.Predict(network, [Sample(), Sample()], 3, "cpu")));
    }

    private static ImageSample Sample(int? label = null, string? name = null) => new("Tiny", "Test", 0, label, name, 6, 6, 2, new byte[72]);
}
