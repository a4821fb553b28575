using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("conv3x3x4 relu pool2 conv3x3x5s2 bn tanh avgpool2 fc3 softmax")]
    [InlineData("conv2x2x4 gelu pool3s2psame fc7 sigmoid fc3 softmax")]
    public void Memory_order_of_the_input_does_not_matter(string spec)
    {
        using var scope = NewDisposeScope();
        using Network network = TinyData.Network(spec, new Shape(3, 10, 9));
        Tensor planes = rand([4, 3, 10, 9], generator: new Generator(3));
        Tensor channelsLast = planes.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.True(network.Probabilities(planes).allclose(network.Probabilities(channelsLast), 0, 1e-5));
    }

    [Theory]
    [InlineData("CIFAR10")]
    [InlineData("LeNet5")]
    [InlineData("MLP")]
    public void First_loss_is_that_of_guessing(string preset)
    {
        using var scope = NewDisposeScope();
        NetworkPreset known = NetworkPresets.Find(preset);
        DatasetSplit noise = TinyData.Noise(64, 10, known.InputShape, 5);
        using Network network = Network.Create(NetworkPlan.Fit(known.Layers(), known.InputShape), seed: 4);
        LossAccumulator meter = ConvNetShell.Core.Inference.Evaluator.Loss(network, noise, CPU, CancellationToken.None);
        Assert.InRange(meter.Loss, Math.Log(10) - 0.05, Math.Log(10) + 0.2);
    }

    [Fact]
    public void Same_seed_draws_the_same_weights()
    {
        using Network one = TinyData.Network(seed: 5),
            same = TinyData.Network(seed: 5),
            other = TinyData.Network(seed: 6);
        Assert.Equal(Weights(one), Weights(same));
        Assert.NotEqual(Weights(one), Weights(other));
    }

    [Theory]
    [InlineData(InitializerKind.He, 2.0 / 180)]
    [InlineData(InitializerKind.Xavier, 2.0 / (180 + 1800))]
    [InlineData(InitializerKind.Auto, 2.0 / 180)]
    public void Weights_start_with_the_right_variance(InitializerKind method, double variance)
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x200 relu"), new Shape(20, 4, 4)), 1, method);
        using Tensor weights = network.Parameters[0].Value.detach();
        double found = weights.data<float>().Average(w => (double)w * w);
        Assert.InRange(found / variance, 0.95, 1.05);
    }

    [Fact]
    public void Layers_before_rectifiers_start_large_and_the_last_one_small()
    {
        using Network network = TinyData.Network("fc300 drop0.1 relu fc300 tanh fc300", new Shape(300));
        double[] squares =
        [
            .. network
                .Parameters.Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal))
                .Select(tensor => tensor.Value.data<float>().Average(w => (double)w * w)),
        ];
        Assert.InRange(squares[0] * 300, 1.9, 2.1); // He
        Assert.InRange(squares[1] * 300, 0.95, 1.05); // Xavier
        Assert.InRange(squares[2] * 300, 0.0095, 0.0105); // a tenth of it
    }

    [Fact]
    public void Probabilities_are_of_softmax_once()
    {
        using var scope = NewDisposeScope();
        using Network with = TinyData.Network("fc4 softmax"),
            without = TinyData.Network("fc4");
        Tensor batch = rand([5, 2, 6, 6]);
        Assert.True(with.Probabilities(batch).allclose(without.Probabilities(batch)));
        Assert.True(with.Probabilities(batch).sum(1).allclose(ones(5)));
    }

    [Fact]
    public void Untrained_network_has_neutral_defaults()
    {
        using Network network = TinyData.Network();
        Assert.Null(network.Normalization);
        Assert.Equal((0.5, 0.25), (network.InputStatistics.Mean[1], network.InputStatistics.StandardDeviation[1]));
        Assert.Equal(["0", "1", "2"], network.OutputNames);
    }

    [Fact]
    public void Dispose_frees_every_tensor() =>
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() => TinyData.Network("conv3x3x4 bn relu pool2 fc5-nobias bn relu drop0.5 fc3 softmax").Dispose())
        );

    [Fact]
    public void Says_what_it_is()
    {
        using Network network = TinyData.Network();
        Assert.Equal("Network: 2x6x6 -> conv3x3x4 relu pool2 fc3 softmax -> 3 (187 parameters)", network.ToString());
    }

    private static float[] Weights(Network network) => [.. network.Parameters.SelectMany(tensor => tensor.Value.data<float>().ToArray())];
}
