using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Inference;

/// <summary>
/// A network of the classes cat, dog and fish that takes every image for a fish, on datasets whose classes have other numbers.
/// </summary>
public sealed class MatchedSplitTests
{
    [Fact]
    public void A_class_is_matched_by_its_name_and_not_by_its_number()
    {
        using Network network = AlwaysFish();
        MatchedSplit data = Of(network, ["dog", "fish"], 1, 1, 0);
        AccuracyReport report = Evaluator.Measure(data, "cpu");
        Assert.Equal(2 / 3.0, report.Top1);
        Assert.Equal(["cat", "dog", "fish"], report.PerClass.Select(row => row.Class));
        Assert.Equal([0, 1, 2], report.PerClass.Select(row => row.Support));
        ConfusionMatrix matrix = ConfusionMatrices.Get(data, "cpu");
        Assert.Equal((2, 1), (matrix.Counts[2][2], matrix.Counts[1][2]));
        Assert.Equal(["dog"], matrix.Cell("dog", "fish").Select(sample => sample.Sample.Class));
        Assert.Equal(2 / 3.0, CalibrationStatistics.Measure(data, 10, "cpu").Accuracy, 1e-9);
        Assert.Equal(2, NetworkComparer.Compare(data, data, "cpu").BothRight);
        LabelErrorCandidate candidate = Assert.Single(LabelErrorFinder.Find(data, 20, "cpu"));
        Assert.Equal(("dog", "fish", "Test[2]"), (candidate.Label, candidate.Suggested, candidate.Source));
    }

    [Fact]
    public void A_class_the_network_lacks_is_an_error_with_both_lists()
    {
        using Network network = AlwaysFish();
        var error = Assert.Throws<ClassMismatchException>(() => Of(network, ["bird", "dog", "fish"], 0, 1, 2));
        Assert.Contains("expected cat, dog, fish. Received: bird, dog, fish.", error.Message, StringComparison.Ordinal);
        Assert.Contains("lacks bird", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_images_need_not_be_known()
    {
        using Network network = AlwaysFish();
        Assert.Equal(0.5, Evaluator.Measure(Of(network, ["bird", "dog", "fish"], 1, 2), "cpu").Top1);
    }

    [Fact]
    public void Unknown_classes_count_as_wrong_where_that_is_asked_for()
    {
        using Network network = AlwaysFish();
        MatchedSplit data = Of(network, ["bird", "dog", "fish"], [0, 0, 1, 2], allow: true);
        Assert.Equal(["bird"], data.Unknown);
        AccuracyReport report = Evaluator.Measure(data, "cpu");
        Assert.Equal((0.25, 0.5, 4), (report.Top1, report.Top3, report.Count));
        Assert.Equal(["cat", "dog", "fish", "bird"], report.PerClass.Select(row => row.Class));
        Assert.Equal([0, 1, 1, 2], report.PerClass.Select(row => row.Support));
        Assert.Equal(Math.Log(2 + Math.Exp(4)) - 2, report.Loss, 1e-5); // of the dog and the fish alone: losses of x and x - 4
        ConfusionMatrix matrix = ConfusionMatrices.Get(data, "cpu");
        Assert.Equal((2, 0.25), (matrix.Cell("bird", "fish").Count, matrix.Accuracy));
        CalibrationReport calibration = CalibrationStatistics.Measure(data, 10, "cpu");
        Assert.Equal((0.25, 4), (calibration.Accuracy, calibration.Count));
        Assert.Equal(report.Loss, calibration.Loss, 1e-5);
        Assert.Equal(1, NetworkComparer.Compare(data, data, "cpu").BothRight);
        Assert.Equal(["bird", "bird", "dog"], LabelErrorFinder.Find(data, 20, "cpu").Select(found => found.Label));
    }

    [Fact]
    public void Only_unknown_classes_have_no_loss()
    {
        using Network network = AlwaysFish();
        AccuracyReport report = Evaluator.Measure(Of(network, ["bird"], [0, 0], allow: true), "cpu");
        Assert.Equal((0, double.NaN), (report.Top1, report.Loss));
    }

    [Fact]
    public void Letters_count_before_their_case()
    {
        using Network network = AlwaysFish();
        Assert.Equal(1, Evaluator.Measure(Of(network, ["Fish"], 0), "cpu").Top1);
        Assert.Equal(["Fish"], Of(network, ["Fish", "fish"], [0, 1], allow: true).Unknown);
    }

    [Fact]
    public void A_network_without_names_is_matched_by_number()
    {
        using Network network = EvaluatorTests.Constant("fc3", 0, 0, 4);
        Assert.Equal(0.5, Evaluator.Measure(Of(network, ["bird", "dog", "fish"], 0, 2), "cpu").Top1);
    }

    [Fact]
    public void A_sample_is_right_by_its_class_name()
    {
        using Network network = AlwaysFish();
        bool? Right(string name, int label) =>
            Predictor.Predict(network, [new ImageSample("Tiny", "Test", 0, label, name, 6, 6, 2, new byte[72])], 1, "cpu")[0].Correct;
        Assert.Equal([true, false, false], new[] { Right("fish", 0), Right("dog", 2), Right("bird", 2) });
    }

    private static MatchedSplit Of(Network network, string[] classes, params int[] labels) => Of(network, classes, labels, allow: false);

    private static MatchedSplit Of(Network network, string[] classes, int[] labels, bool allow)
    {
        var test = new DatasetSplit("Test", TinyData.Picture, new byte[labels.Length * 72], labels);
        var train = new DatasetSplit("Train", TinyData.Picture, new byte[72], [0]);
        return MatchedSplit.Of(network, new Dataset("Pets", "made by a test", classes, train, null, test), test, allow);
    }

    private static Network AlwaysFish()
    {
        Network network = EvaluatorTests.Constant("fc3", 0, 0, 4);
        network.Classes = ["cat", "dog", "fish"];
        return network;
    }
}
