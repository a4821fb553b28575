using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class LearningRateFinderTests
{
    private static readonly TrainingSettings Settings = new() { BatchSize = 8, Device = "cpu" };

    [Fact]
    public void Finds_a_rate_that_trains_and_leaves_the_network_as_it_was()
    {
        using Network network = TinyData.Network();
        float[] before = TrainerTests.Weights(network);
        LearningRateSearch found = LearningRateFinder.Find(network, TinyData.Dataset(), Settings, 1e-5, 100, 60);
        Assert.Equal(before, TrainerTests.Weights(network));
        Assert.Null(network.Normalization);
        Assert.True(found.Diverged);
        Assert.InRange(found.Suggestion, 1e-3, 2);
        Assert.Equal(found.Points.Select(point => point.LearningRate).Order(), found.Points.Select(point => point.LearningRate));
    }

    [Fact]
    public void Filters_that_are_to_whiten_do_so_first()
    {
        Dataset data = TinyData.Dataset();
        var first = new ConvSpec(8, new Window(2, 1, Padding.Valid)) { Initializer = new Initializer(InitializerKind.Whitening) };
        NetworkPlan plan = NetworkPlan.Fit([first, new DenseSpec(3)], TinyData.Picture);
        using Network fresh = Network.Create(plan),
            whitened = Network.Create(plan);
        whitened.Normalization = ChannelStatistics.Measure(data.Train);
        PatchWhitening.Start(whitened, data.Train);
        Assert.Equal(Losses(whitened), Losses(fresh));

        double[] Losses(Network network) =>
            [.. LearningRateFinder.Find(network, data, Settings, 1e-5, 1e-3, 20).Points.Select(point => point.Loss)];
    }

    [Fact]
    public void Steepest_fall_is_suggested()
    {
        LearningRatePoint[] points =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i => new LearningRatePoint(
                    i + 1,
                    Math.Pow(10, i / 10.0 - 4),
                    0,
                    i < 20 ? 2
                        : i < 25 ? 2 - 0.2 * (i - 19)
                        : i < 30 ? 1 - 0.01 * (i - 24)
                        : 5
                )),
        ];
        Assert.InRange(LearningRateFinder.Suggest(points), Math.Pow(10, -2.1), Math.Pow(10, -1.5));
    }

    [Fact]
    public void Loss_that_never_falls_suggests_nothing() =>
        Assert.True(
            double.IsNaN(
                LearningRateFinder.Suggest([
                    .. Enumerable.Range(0, 40).Select(i => new LearningRatePoint(i + 1, Math.Pow(10, i / 10.0 - 4), 0, 2 + 0.01 * i)),
                ])
            )
        );

    [Theory]
    [InlineData("From", 0, 1, 100)]
    [InlineData("To", 1, 1, 100)]
    [InlineData("To", 1, double.PositiveInfinity, 100)]
    [InlineData("Steps", 0.1, 1, 19)]
    public void Bad_range_is_named(string setting, double from, double to, int steps)
    {
        using Network network = TinyData.Network();
        Assert.Equal(
            setting,
            Assert
                .Throws<InvalidSettingException>(() => LearningRateFinder.Find(network, TinyData.Dataset(), Settings, from, to, steps))
                .Setting
        );
    }
}
