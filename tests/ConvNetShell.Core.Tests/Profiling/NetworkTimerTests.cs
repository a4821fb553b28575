using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Profiling;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.FusedKernels;

namespace ConvNetShell.Core.Tests.Profiling;

public sealed class NetworkTimerTests
{
    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax")]
    [InlineData("conv3x3x4 bn relu res(conv3x3x4) globalavg fc3")]
    public void Every_layer_has_a_row_and_the_network_one(string spec)
    {
        using Network network = TinyData.Network(spec);
        float[] before = TrainerTests.Weights(network);
        var settings = new TrainingSettings { Precision = Precision.Float32 };
        IReadOnlyList<LayerTiming> rows = NetworkTimer.Measure(network, batchSize: 4, rounds: 3, settings);
        Assert.Equal(
            [.. network.Layers.Select(layer => layer.Name).Append("Total").Order()],
            rows.SelectMany(row => row.Name.Split(' ')).Order()
        );
        Assert.Equal("Total", rows[^1].Name);
        Assert.All(rows, row => Assert.True(row.ForwardMs > 0 && row.ImagesPerSecond > 0));
        Assert.True(rows[0].BackwardMs > 0 && rows[0].GFlops > 0 && rows[0].PeakFraction > 0);
        Assert.Equal(1, rows.SkipLast(1).Sum(row => row.TimeFraction), 1e-9);
        Assert.Equal(before, TrainerTests.Weights(network));
    }

    [Theory]
    [InlineData(Precision.Auto)]
    [InlineData(Precision.Float32)]
    public void Layers_computed_together_have_a_row_together(Precision precision)
    {
        Assert.SkipUnless(CpuFeatures.SupportsFusedFloat32, "This processor lacks AVX-512.");
        using Network network = TinyData.Network("conv3x3x4 relu pool2 conv3x3x5 tanh fc3 softmax");
        IReadOnlyList<LayerTiming> rows = NetworkTimer.Measure(
            network,
            batchSize: 4,
            rounds: 3,
            new TrainingSettings { Threads = 1, Precision = precision }
        );
        Assert.Equal(["conv1 pool1 relu1", "conv2", "tanh1", "fc1", "softmax1", "Total"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.True(row.ForwardMs > 0 && row.BackwardMs > 0 && row.Megabytes > 0));
        Assert.All(rows.Take(2), row => Assert.True(row.GFlops > 0 && row.PeakFraction > 0));
    }

    [Fact]
    public void Every_thread_computes_as_in_training()
    {
        Assert.SkipUnless(CpuFeatures.SupportsFusedFloat32, "This processor lacks AVX-512.");
        using Network network = TinyData.Network("conv5x5x16 relu pool2 conv5x5x20 tanh fc3 softmax");
        var settings = new TrainingSettings { Precision = Precision.Float32 };
        double Time(int threads) =>
            NetworkTimer.Measure(network, batchSize: 128, rounds: 9, settings with { Threads = threads })[0].ForwardMs;
        double alone = Time(1);
        Assert.InRange(Time(2), 0, 10 * alone); // plain loops, which replicas without a batch took, need 70 times as long
    }

    [Fact]
    public void No_layer_is_above_the_peak_and_images_need_no_gradient()
    {
        using Network network = TinyData.Network("conv3x3x4 relu fc3");
        IReadOnlyList<LayerTiming> rows = NetworkTimer.Measure(
            network,
            batchSize: 4,
            rounds: 2,
            new TrainingSettings { Precision = Precision.Float32 }
        );
        double Speed(LayerTiming row, long multiplyAdds) => 2.0 * 4 * multiplyAdds / (row.ForwardMs + row.BackwardMs) / 1e6;
        long conv = network.Layers[0].MultiplyAdds,
            dense = network.Layers[2].MultiplyAdds;
        Assert.Equal(Speed(rows[0], 2 * conv), rows[0].GFlops, 1e-9);
        LayerTiming last = rows.Single(row => row.Name == "fc1"); // convolution and ReLU may be one row
        Assert.Equal(Speed(last, 3 * dense), last.GFlops, 1e-9);
        Assert.Equal(Speed(rows[^1], (2 * conv) + (3 * dense)), rows[^1].GFlops, 1e-9);
        Assert.All(rows, row => Assert.InRange(row.PeakFraction, 0, 1));
    }

    [Fact]
    public void Batch_must_be_two_or_more()
    {
        using Network network = TinyData.Network();
        Assert.Equal("BatchSize", Assert.Throws<InvalidSettingException>(() => NetworkTimer.Measure(network, 1)).Setting);
    }
}
