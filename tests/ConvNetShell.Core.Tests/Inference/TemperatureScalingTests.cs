using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class TemperatureScalingTests
{
    /// <summary>
    /// Two classes, always the outputs 4 and 0, right for 3 of 4 images: the best probability is 0.75, so 4 / T = ln 3.
    /// </summary>
    [Fact]
    public void The_best_temperature_makes_confidence_and_accuracy_equal()
    {
        using Network network = EvaluatorTests.Constant("fc2", 4, 0);
        CalibrationReport report = CalibrationStatistics.Measure(Data(network), 10, "cpu");
        Assert.Equal(4 / Math.Log(3), report.BestTemperature, 1e-6);
        Assert.Equal(0, report.BestExpectedError, 1e-6);
        Assert.Equal(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)), report.BestLoss, 1e-6);
        CalibrationReport scaled = CalibrationStatistics.Measure(Data(network), 10, "cpu", temperature: report.BestTemperature);
        Assert.Equal(0.75, scaled.Confidence, 1e-6);
        Assert.Equal((report.BestTemperature, report.BestLoss), (scaled.Temperature, scaled.Loss));
        Assert.Equal(report.BestTemperature, scaled.BestTemperature, 1e-6); // of the network, whatever was asked for
        Prediction prediction = Predictor.Predict(
            network,
            [ImageSamples.FromSplit(Data(network).Dataset, Data(network).Source, 0)],
            1,
            "cpu",
            temperature: report.BestTemperature
        )[0];
        Assert.Equal(0.75, prediction.Probability, 1e-5);
    }

    [Fact]
    public void A_fitted_temperature_has_the_lowest_loss()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc3", seed: 4);
        MatchedSplit data = TinyData.Match(network, TinyData.Noise(64, 3, TinyData.Picture, 8));
        CalibrationReport report = CalibrationStatistics.Measure(data, 10, "cpu");
        foreach (double factor in new[] { 0.5, 0.9, 0.99, 1.01, 1.1, 2 })
        {
            double temperature = Math.Min(TemperatureScaling.Highest, report.BestTemperature * factor);
            Assert.True(CalibrationStatistics.Measure(data, 10, "cpu", temperature: temperature).Loss >= report.BestLoss - 1e-9);
        }
    }

    [Fact]
    public void A_network_without_an_error_gets_the_lowest_temperature()
    {
        using Network network = EvaluatorTests.Constant("fc2", 1, 0);
        DatasetSplit split = EvaluatorTests.Labelled(0, 0, 0);
        double best = CalibrationStatistics.Measure(TinyData.Match(network, split), 10, "cpu").BestTemperature;
        Assert.InRange(best, TemperatureScaling.Lowest, TemperatureScaling.Lowest * 5); // where the loss is 0 in float64
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_temperature_is_above_zero(double temperature)
    {
        using Network network = EvaluatorTests.Constant("fc2", 1, 0);
        Assert.Equal(
            "Temperature",
            Assert
                .Throws<InvalidSettingException>(() => CalibrationStatistics.Measure(Data(network), 10, "cpu", temperature: temperature))
                .Setting
        );
    }

    private static MatchedSplit Data(Network network) => TinyData.Match(network, EvaluatorTests.Labelled(0, 0, 0, 1));
}
