using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Inference;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class CalibrationStatisticsTests
{
    /// <summary>A network that says class 0 with probability 0.7 whatever it sees, on images of which 5 of 10 are of class 0.</summary>
    [Fact]
    public void The_error_is_the_distance_of_confidence_and_accuracy()
    {
        using Network network = EvaluatorTests.Constant("fc2", (float)Math.Log(0.7 / 0.3), 0);
        DatasetSplit split = new("Test", TinyData.Picture, new byte[720], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
        CalibrationReport report = CalibrationStatistics.Measure(TinyData.Match(network, split), 10, "cpu");
        Assert.Equal((0.5, 10), (report.Accuracy, report.Count));
        Assert.Equal(0.7, report.Confidence, 1e-6);
        Assert.Equal(0.2, report.ExpectedError, 1e-6);
        Assert.Equal(0.2, report.MaximumError, 1e-6);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.3)) / 2, report.Loss, 1e-6);
        Assert.Equal((2 * 0.3 * 0.3 + 2 * 0.7 * 0.7) / 2, report.Brier, 1e-6);
        Assert.Equal(10, report.Bins.Count);
        CalibrationBin used = Assert.Single(report.Bins, bin => bin.Count > 0);
        Assert.InRange(0.7, used.Low - 1e-6, used.High + 1e-6);
        ChartPanel reliability = report.ToChart().Panels[0];
        Assert.Equal((used.Confidence, 0.5), (Assert.Single(reliability.Series[0].X), Assert.Single(reliability.Series[0].Y)));
    }

    [Fact]
    public void Bins_hold_every_image_once_and_add_up_to_the_error()
    {
        using Network network = TinyData.Network();
        CalibrationReport report = CalibrationStatistics.Measure(
            TinyData.Match(network, TinyData.Noise(200, 3, TinyData.Picture, 4)),
            15,
            "cpu"
        );
        Assert.Equal(200, report.Bins.Sum(bin => bin.Count));
        Assert.All(report.Bins.Where(bin => bin.Count > 0), bin => Assert.InRange(bin.Confidence, bin.Low, bin.High));
        Assert.Equal(
            report.Bins.Where(bin => bin.Count > 0).Sum(bin => bin.Count / 200.0 * Math.Abs(bin.Accuracy - bin.Confidence)),
            report.Ece,
            1e-9
        );
        Assert.Throws<InvalidSettingException>(() => CalibrationStatistics.Measure(TinyData.Match(network, TinyData.Easy(3, 1)), 0, "cpu"));
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() => CalibrationStatistics.Measure(TinyData.Match(network, TinyData.Easy(30, 1)), 5, "cpu"))
        );
    }
}
