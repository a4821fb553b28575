using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class LayerStatisticsTests
{
    [Fact]
    public void Dead_units_are_those_that_are_always_zero()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc3 softmax");
        using (no_grad())
        {
            network.Parameters[1].Value[2] = -1000f; // channel 2 never gets above zero
        }
        IReadOnlyList<LayerMeasure> rows = Measure(network);
        Assert.Equal(["conv1", "relu1", "pool1", "fc1", "softmax1"], rows.Select(row => row.Layer));
        Assert.Equal([2], rows[1].DeadUnits);
        Assert.Equal(0.25, rows[1].DeadFraction);
        Assert.True(rows[1].ZeroFraction >= 0.25);
        Assert.True(double.IsNaN(rows[0].DeadFraction) && double.IsNaN(rows[2].DeadFraction));
    }

    [Theory]
    [InlineData("tanh", 1000, 1)]
    [InlineData("sigmoid", 1000, 1)]
    [InlineData("scaledtanh", 1000, 1)]
    [InlineData("tanh", 1e-4, 0)]
    [InlineData("sigmoid", 1e-4, 0)]
    public void Saturation_is_at_the_ends_of_the_range(string function, double scale, double fraction)
    {
        using Network network = TinyData.Network($"conv3x3x4-nobias {function} fc3");
        using (no_grad())
        {
            network.Parameters[0].Value.fill_(1f).mul_(scale);
        }
        Assert.Equal(fraction, Measure(network)[1].SaturatedFraction, 0.02);
    }

    [Fact]
    public void Figures_are_those_of_one_pass_over_all_images()
    {
        using Network network = TinyData.Network("conv3x3x4 relu res(conv3x3x4 bn) pool2 fc3 softmax");
        DatasetSplit split = TinyData.Easy(100, 3); // more than one batch
        IReadOnlyList<LayerMeasure> rows = LayerStatistics.Measure(TinyData.Match(network, split), 0.1, "cpu");
        using var scope = NewDisposeScope();
        using var loader = new BatchLoader(split, network.InputStatistics, 100, CPU);
        (Tensor images, Tensor labels) = loader.Load([.. Enumerable.Range(0, 100)], []);
        LayerPass pass = LayerPass.Run(network, images);
        foreach (LayerMeasure row in rows)
        {
            Tensor values = pass.Output(network.Plan.Find(row.Layer)).detach();
            Assert.Equal(values.mean().item<float>(), row.Mean, 1e-4);
            Assert.Equal(values.std(unbiased: false).item<float>(), row.StandardDeviation, 1e-4);
            Assert.Equal((values.min().item<float>(), values.max().item<float>()), ((float)row.Min, (float)row.Max));
            Assert.Equal(values.eq(0).to(ScalarType.Float32).mean().item<float>(), row.ZeroFraction, 1e-6);
        }
        Tensor weight = network.Parameters[0].Value;
        Tensor gradient = autograd.grad([nn.functional.cross_entropy(pass.Logits, labels)], [weight])[0];
        Assert.Equal(weight.detach().pow(2).mean().sqrt().item<float>(), rows[0].WeightSize, 1e-5);
        Assert.Equal(gradient.pow(2).mean().sqrt().item<float>(), rows[0].GradientSize, 1e-6);
        Assert.Equal(0.1 * rows[0].GradientSize / rows[0].WeightSize, rows[0].UpdateRatio, 1e-9);
        LayerMeasure block = rows.Single(row => row.Layer == "res1"),
            inner = rows.Single(row => row.Layer == "res1.conv1");
        Assert.Equal(inner.WeightSize, block.WeightSize);
        Assert.True(double.IsNaN(rows.Single(row => row.Layer == "pool1").WeightSize));
        Assert.True(rows.Single(row => row.Layer == "fc1").SignalGradient > 0);
    }

    [Fact]
    public void Weights_that_are_not_a_number_are_counted()
    {
        using Network network = TinyData.Network("conv3x3x4 relu fc3");
        using (no_grad())
        {
            network.Parameters[1].Value[0] = float.NaN;
        }
        LayerMeasure row = Measure(network)[0];
        Assert.Equal(30 * 36, row.NaNCount);
        Assert.True(double.IsFinite(row.Mean));
        Assert.Contains("not a number", row.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_is_the_same_afterwards_and_nothing_is_left_behind()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu drop0.5 res(conv3x3x4) pool2 fc3 softmax");
        float[] before = Pictured.State(network);
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => Measure(network)));
        Assert.Equal(before, Pictured.State(network));
        Assert.All(network.Parameters, parameter => Assert.Null(parameter.Value.grad));
        Assert.Throws<InvalidSettingException>(() =>
            LayerStatistics.Measure(TinyData.Match(network, TinyData.Easy(3, 1)), double.NaN, "cpu")
        );
        Assert.Throws<OperationCanceledException>(() =>
            LayerStatistics.Measure(TinyData.Match(network, TinyData.Easy(3, 1)), 0.1, "cpu", new CancellationToken(canceled: true))
        );
    }

    private static IReadOnlyList<LayerMeasure> Measure(Network network) =>
        LayerStatistics.Measure(TinyData.Match(network, TinyData.Easy(30, 3)), 0.01, "cpu");
}
