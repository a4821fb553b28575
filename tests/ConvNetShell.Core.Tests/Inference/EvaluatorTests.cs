using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Evaluation;
using TorchSharp;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class EvaluatorTests
{
    [Fact]
    public void Untrained_network_is_measured_with_neutral_defaults()
    {
        using Network network = TinyData.Network();
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, TinyData.Easy(30, 1, "Test"), "Tiny"), "cpu");
        Assert.Equal(("Network", "Tiny", "Test", 30, 1.0), (report.Network, report.Dataset, report.Split, report.Count, report.Top3));
        Assert.Equal(["0", "1", "2"], report.PerClass.Select(line => line.Class));
        Assert.Equal([10, 10, 10], report.PerClass.Select(line => line.Support));
        Assert.True(report.Low <= report.Top1 && report.Top1 <= report.High);
    }

    [Fact]
    public void Constant_network_has_known_figures()
    {
        using Network network = Constant("fc4", 0, 3, 2, 1);
        DatasetSplit split = Labelled(0, 1, 1, 1, 2, 2, 3, 3, 3, 3);
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, split, "Known"), "cpu");
        double total = Math.Log(1 + Math.E + Math.Exp(2) + Math.Exp(3));
        Assert.Equal((0.3, 0.9), (report.Top1, report.Top3)); // class 1 is told every time; class 0 comes last
        Assert.Equal(total - (3 * 3 + 2 * 2 + 4 * 1) / 10.0, report.Loss, 5);
        Assert.Equal(new ClassReport("1", 0.3, 1, 0.6 / 1.3, 3), Bare(report.PerClass[1]) with { F1 = 0.6 / 1.3 });
        Assert.Equal(0.6 / 1.3, report.PerClass[1].F1, 12);
        Assert.Equal(new ClassReport("3", 0, 0, 0, 4), Bare(report.PerClass[3])); // never told
    }

    /// <summary>Class 1 is told for all ten images, of which 1, 3, 2 and 4 are of the classes 0 to 3.</summary>
    [Fact]
    public void A_constant_answer_is_worth_nothing_beyond_chance()
    {
        using Network network = Constant("fc4", 0, 3, 2, 1);
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, Labelled(0, 1, 1, 1, 2, 2, 3, 3, 3, 3)), "cpu", top: [1, 2, 4]);
        Assert.Equal([0.3, 0.5, 1], report.Top.Select(top => top.Accuracy));
        Assert.Equal((1, 0.25, 0.0, 0.0), (report.Top5, report.BalancedAccuracy, report.Matthews, report.Kappa));
        Assert.Equal(0.6 / 1.3 / 4, report.MacroF1, 1e-12);
        Assert.Equal(0.3 * 0.6 / 1.3, report.WeightedF1, 1e-12);
        Assert.Equal(WilsonInterval.Of(3, 3), (report.PerClass[1].Low, report.PerClass[1].High));
    }

    [Fact] // scikit-learn's documentation has this kappa; the others by hand: Matthews is (4 * 6 - 15) / sqrt(18 * 22)
    public void Figures_over_classes_are_the_known_ones()
    {
        var counts = new ClassCounts(3);
        counts.Add(0, 0, images: 2);
        counts.Add(1, 2);
        counts.Add(2, 0);
        counts.Add(2, 2, images: 2);
        var scores = new ConfusionScores(counts);
        Assert.Equal(0.4285714286, scores.Kappa, 1e-9);
        Assert.Equal(0.4522670169, scores.Matthews, 1e-9);
        Assert.Equal((1 + 0 + 2 / 3.0) / 3, scores.BalancedAccuracy, 1e-12);
        Assert.Equal((0.8 + 0 + 2 / 3.0) / 3, scores.MacroF1, 1e-12);
        Assert.Equal((2 * 0.8 + 3 * 2 / 3.0) / 6, scores.WeightedF1, 1e-12);
        var constant = new ClassCounts(1);
        constant.Add(0, 0, images: 4);
        Assert.True(double.IsNaN(new ConfusionScores(constant).Kappa));
    }

    [Fact]
    public void Class_without_images_has_no_figures()
    {
        using Network network = Constant("fc4", 0, 3, 2, 1);
        Assert.Equal(
            new ClassReport("1", double.NaN, double.NaN, double.NaN, 0),
            Evaluator.Measure(TinyData.Match(network, Labelled(0, 2), "Known"), "cpu").PerClass[1]
        );
    }

    [Fact]
    public void Areas_of_a_constant_answer_are_chance()
    {
        using Network network = Constant("fc4", 0, 3, 2, 1);
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, Labelled(0, 1, 1, 1, 2, 2, 3, 3, 3, 3)), "cpu");
        Assert.Equal([0.5, 0.5, 0.5, 0.5], report.PerClass.Select(row => row.RocAuc));
        Assert.Equal([0.1, 0.3, 0.2, 0.4], report.PerClass.Select(row => row.AveragePrecision));
        Assert.Equal((0.5, 0.25), (report.RocAuc, Math.Round(report.AveragePrecision, 12)));
    }

    [Fact]
    public void Outputs_that_are_not_numbers_predict_no_class()
    {
        using Network network = Constant("fc4", float.NaN, 3, 2, 1);
        MatchedSplit data = TinyData.Match(network, Labelled(0, 1, 1));
        AccuracyReport report = Evaluator.Measure(data, "cpu");
        Assert.Equal((0, 0, 3), (report.Top1, report.Top3, report.NonFinite));
        Assert.Equal([1, 2, 0, 0], report.PerClass.Select(row => row.Support));
        Assert.Equal(0, report.BalancedAccuracy);
        Assert.All(
            Predictor.Predict(network, [ImageSamples.FromSplit(data.Dataset, data.Source, 0)], 4, "cpu"),
            prediction => Assert.False(prediction.Correct)
        );
        Action[] others =
        [
            () => ConfusionMatrices.Get(data, "cpu"),
            () => CalibrationStatistics.Measure(data, 10, "cpu"),
            () => NetworkComparer.Compare(data, data, "cpu"),
            () => LabelErrorFinder.Find(data, 5, "cpu"),
        ];
        Assert.All(
            others,
            other => Assert.Contains("NaN for 3 of 3", Assert.Throws<NonFiniteOutputException>(other).Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 0)]
    public void Equal_values_are_ranked_by_the_lower_class(int label, double top1, double top3)
    {
        using Network network = Constant("fc4", 1, 1, 1, 1);
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, Labelled(label), "Ties"), "cpu");
        Assert.Equal((top1, top3), (report.Top1, report.Top3));
    }

    [Fact]
    public void Progress_ends_at_one_after_each_batch()
    {
        var seen = new List<double>();
        using Network network = TinyData.Network();
        Evaluator.Measure(TinyData.Match(network, TinyData.Easy(300, 1), "Tiny"), "cpu", new Recorder(seen.Add));
        Assert.Equal([128 / 300.0, 256 / 300.0, 1], seen);
    }

    [Fact]
    public void Stops_after_the_batch_that_is_under_way()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<double>();
        using Network network = TinyData.Network();
        Assert.Throws<OperationCanceledException>(() =>
            Evaluator.Measure(
                TinyData.Match(network, TinyData.Easy(300, 1)),
                "cpu",
                new Recorder(share =>
                {
                    seen.Add(share);
                    stop.Cancel();
                }),
                stop.Token
            )
        );
        Assert.Single(seen);
    }

    [Fact]
    public void Data_must_fit()
    {
        using Network network = TinyData.Network("fc3"),
            maps = TinyData.Network("conv3x3x3");
        var images = Assert.Throws<ShapeMismatchException>(() =>
            Evaluator.Measure(TinyData.Match(network, TinyData.Easy(3, 1, shape: new Shape(1, 4, 4)), "Grey"), "cpu")
        );
        Assert.Contains("Grey", images.Message, StringComparison.Ordinal);
        Assert.Contains("expected 2x6x6. Received: 1x4x4", images.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Received: label 4",
            Assert.Throws<ShapeMismatchException>(() => Evaluator.Measure(TinyData.Match(network, Labelled(1, 4), "Five"), "cpu")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ShapeMismatchException>(() => Evaluator.Measure(TinyData.Match(maps, Labelled(1), "Maps"), "cpu"));
        Assert.Throws<InvalidSettingException>(() => Evaluator.Measure(TinyData.Match(network, Labelled(), "Nothing"), "cpu"));
    }

    [Fact]
    public void Changes_nothing_and_leaves_nothing_behind()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu drop0.5 fc3");
        float[] before = TrainerTests.Weights(network);
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => Evaluator.Measure(TinyData.Match(network, TinyData.Easy(200, 1), "Tiny"), "cpu")));
        Assert.Equal(before, TrainerTests.Weights(network));
    }

    /// <summary>A network whose output is the same whatever it sees.</summary>
    internal static Network Constant(string spec, params float[] values)
    {
        Network network = TinyData.Network(spec);
        using var noGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        network.Parameters[0].Value.zero_();
        network.Parameters[1].Value.copy_(torch.tensor(values));
        return network;
    }

    private static ClassReport Bare(ClassReport report) =>
        report with
        {
            Low = double.NaN,
            High = double.NaN,
            RocAuc = double.NaN,
            AveragePrecision = double.NaN,
        };

    internal static DatasetSplit Labelled(params int[] labels) => new("Test", TinyData.Picture, new byte[labels.Length * 72], labels);

    private sealed class Recorder(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
