using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Normalizations, starts of weights and blocks against values worked out by hand.</summary>
public sealed class NormAndBlockValueTests
{
    [Fact]
    public void LocalResponse_is_the_papers()
    {
        using var scope = NewDisposeScope();
        using LayerModule layer = Build(new LocalResponseSpec(3, alpha: 0.5, beta: 2, k: 1), new Shape(4, 1));
        float[] output = Run(layer, [1, 2, 3, 4], 1, 4, 1);
        float[] expected = [1 / Square(1 + 0.5f * 5), 2 / Square(1 + 0.5f * 14), 3 / Square(1 + 0.5f * 29), 4 / Square(1 + 0.5f * 25)];
        Assert.Equal(expected, output, (a, b) => Math.Abs(a - b) < 1e-6);

        static float Square(float value) => value * value;
    }

    [Fact]
    public void Groups_are_normalised_apart()
    {
        using var scope = NewDisposeScope();
        using LayerModule layer = Build(new GroupNormSpec(2), new Shape(4, 1));
        Assert.Equal([-1, 1, -1, 1], Run(layer, [0, 2, 10, 30], 1, 4, 1), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Spatial_dropout_drops_whole_maps()
    {
        using var scope = NewDisposeScope();
        using LayerModule layer = Build(new DropoutSpec(0.5, spatial: true), new Shape(64, 3, 3));
        using var random = new Generator(5);
        Tensor output = layer.Forward(ones(1, 64, 3, 3), new ForwardContext(true, random));
        Assert.All(Enumerable.Range(0, 64), map => Assert.Single(output[0, map].contiguous().data<float>().ToArray().Distinct()));
        Assert.InRange(output.mean().item<float>(), 0.6f, 1.4f);
    }

    [Theory]
    [InlineData("conv3x3x3", "3,5,5")]
    [InlineData("conv1d3x2", "2,6")]
    [InlineData("conv3d3x3x3x2", "2,3,3,3")]
    [InlineData("conv3x3x4g2", "4,5,5")]
    public void Dirac_hands_its_input_on(string token, string input)
    {
        using var scope = NewDisposeScope();
        var shape = Shape.Parse(input);
        using var random = new Generator(1);
        using LayerModule layer = NetworkSpec
            .Parse(token)
            .Single()
            .Build(shape, new WeightInitializer(random, new Initializer(InitializerKind.Dirac), false));
        Tensor batch = rand([2, .. shape.ToArray().Select(size => (long)size)], generator: random);
        Assert.True(layer.Forward(batch, new ForwardContext(false)).allclose(batch));
    }

    [Fact]
    public void Partial_dirac_hands_its_input_on_and_has_random_filters_beyond()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using LayerModule layer = NetworkSpec
            .Parse("conv3x3x7-nobias")
            .Single()
            .Build(new Shape(3, 5, 5), new WeightInitializer(random, new Initializer(InitializerKind.PartialDirac), false));
        Tensor batch = rand([2, 3, 5, 5], generator: random),
            rest = layer.Parameters[0].Value.detach().narrow(0, 3, 4);

        Assert.True(layer.Forward(batch, new ForwardContext(false)).narrow(1, 0, 3).allclose(batch));
        Assert.InRange(rest.abs().max().item<float>(), 0.15f, 1 / Math.Sqrt(27));
        Assert.InRange(rest.std().item<float>(), 0.09f, 0.13f); // the limit through the root of 3
    }

    [Fact]
    public void Batch_norm_keeps_as_much_of_its_averages_as_its_momentum_says()
    {
        using var scope = NewDisposeScope();
        using LayerModule layer = Build(new BatchNormSpec(momentum: 0.4, epsilon: 0.5, scale: false), new Shape(1, 2));
        Tensor batch = tensor(new float[] { 1, 3, 1, 3 }).view(2, 1, 2);

        Tensor output = layer.Forward(batch, new ForwardContext(true));

        Assert.Equal(1 / Math.Sqrt(1.5), output.max().item<float>(), 1e-5); // a variance of 1 and the epsilon
        Assert.Equal(["weight", "running_mean", "running_var"], layer.Buffers.Select(buffer => buffer.Name));
        Assert.Equal(0.4 * 2, layer.Buffers[1].Value.item<float>(), 1e-6);
        Assert.Equal(0.6 + 0.4 * 4 / 3, layer.Buffers[2].Value.item<float>(), 1e-5);
        Assert.Equal("bias", Assert.Single(layer.Parameters).Name);
    }

    [Theory]
    [InlineData(0, 1e-5)]
    [InlineData(1.1, 1e-5)]
    [InlineData(0.1, -1)]
    [InlineData(0.1, double.NaN)]
    public void Batch_norm_refuses_numbers_out_of_range(double momentum, double epsilon) =>
        Assert.Throws<InvalidSettingException>(() => new BatchNormSpec(momentum, epsilon));

    [Fact]
    public void Normal_and_constant_start_as_told()
    {
        using var random = new Generator(1);
        using Tensor normal = new WeightInitializer(random, new Initializer(InitializerKind.Normal, 0.3), false).Weights([200, 200], 1, 1);
        using Tensor constant = new WeightInitializer(random, new Initializer(InitializerKind.Constant, 0.25), false).Weights([2, 2], 1, 1);
        Assert.InRange(normal.std().item<float>(), 0.29f, 0.31f);
        Assert.All(constant.data<float>().ToArray(), value => Assert.Equal(0.25f, value));
    }

    [Fact]
    public void A_residual_block_adds_its_input()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using LayerModule block = NetworkSpec
            .Parse("res(conv1x1x1)")
            .Single()
            .Build(new Shape(1, 1, 2), new WeightInitializer(random, new Initializer(InitializerKind.Constant, 3), false));
        Assert.Equal([4f, 8f], Run(block, [1, 2], 1, 1, 1, 2));
        Assert.Equal(["conv1.weight", "conv1.bias"], block.Parameters.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Option_a_takes_every_second_place_and_adds_zeros()
    {
        using var scope = NewDisposeScope();
        using LayerModule layer = Build(new ChannelPadSpec(4, 2), new Shape(1, 3, 3));
        float[] output = Run(layer, [1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 1, 3, 3);
        Assert.Equal([0, 0, 0, 0, 1, 3, 7, 9, 0, 0, 0, 0, 0, 0, 0, 0], output);
    }

    [Fact]
    public void Branches_are_concatenated_in_order()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using LayerModule block = NetworkSpec
            .Parse("concat(conv1x1x1 |  | scale10)")
            .Single()
            .Build(new Shape(1, 1, 2), new WeightInitializer(random, new Initializer(InitializerKind.Constant, 3), false));
        Assert.Equal([3f, 6f, 1f, 2f, 10f, 20f], Run(block, [1, 2], 1, 1, 1, 2));
    }

    [Fact]
    public void The_connection_table_says_what_a_filter_sees()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using LayerModule layer = NetworkSpec
            .Parse("mapconv1x1:02/1")
            .Single()
            .Build(new Shape(3, 1, 1), new WeightInitializer(random, new Initializer(InitializerKind.Constant, 1), false));
        Assert.Equal([101f, 10f], Run(layer, [1, 10, 100], 1, 3, 1, 1));
    }

    [Fact]
    public void Inner_layers_have_names_and_shapes()
    {
        NetworkPlan plan = NetworkPlan.Fit(
            NetworkSpec.Parse("conv3x3x4 respad(conv3x3x8s2 relu conv3x3x8) concat(conv1x1x2 | conv3x3x2) fc3"),
            new Shape(3, 8, 8)
        );
        Assert.Equal(
            ["conv1", "res1", "res1.conv1", "res1.relu1", "res1.conv2", "res1.skip1", "concat1", "concat1.conv1", "concat1.conv2", "fc1"],
            plan.AllLayers.Select(layer => layer.Name)
        );
        Assert.Equal(new Shape(8, 4, 4), plan.Layers[1].Output);
        Assert.Equal(new Shape(4, 4, 4), plan.Layers[2].Output);
        using Network network = Network.Create(plan);
        Assert.Equal(network.ParameterCount, network.Parameters.Sum(tensor => tensor.Value.numel()));
        Assert.Contains("res1.conv2.weight", network.State.Select(tensor => tensor.Name));
        Assert.Equal(network.State.Count, network.State.Select(tensor => tensor.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("res(conv3x3x4)", "Layer.Join")]
    [InlineData("add(conv3x3x4 | conv3x3x5)", "Layer.Join")]
    [InlineData("concat(conv3x3x4 | conv3x3x4s2)", "Layer.Join")]
    [InlineData("respad(conv3x3x2s2)", "Layer.Join")]
    [InlineData("gn2", "Layer.Groups")]
    [InlineData("conv3x3x4g2", "Layer.Groups")]
    [InlineData("conv1d3x4", "Layer.WrongInput")]
    [InlineData("conv3d3x3x3x4", "Layer.WrongInput")]
    [InlineData("pool1x2x2", "Layer.WrongInput")]
    [InlineData("conv9x9x4p0", "Layer.KernelTooLarge")]
    [InlineData("conv3x3x4d4p0", "Layer.KernelTooLarge")]
    [InlineData("deconv3x3x4p9", "Layer.PaddingTooLarge")]
    [InlineData("mapconv3x3:04", "Layer.WrongInput")]
    [InlineData("lstm4", "Layer.WrongInput")]
    public void What_does_not_fit_is_said(string token, string id)
    {
        var error = Assert.Throws<LayerException>(() => NetworkPlan.Fit(NetworkSpec.Parse(token), new Shape(3, 7, 7)));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains("Received: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("res(conv3x3x4")]
    [InlineData("conv3x3x4)")]
    [InlineData("twice(conv3x3x4)")]
    [InlineData("res(conv3x3x4 | conv3x3x4)")]
    [InlineData("conv3x3x3x3")]
    [InlineData("conv1d3x3x4")]
    [InlineData("gn2.5")]
    public void Bad_words_are_refused(string text) =>
        Assert.Equal("Layer.Syntax", Assert.Throws<LayerException>(() => NetworkSpec.Parse(text)).ErrorId);

    private static LayerModule Build(LayerSpec spec, Shape shape)
    {
        using var random = new Generator(1);
        return spec.Build(shape, new WeightInitializer(random, new Initializer(InitializerKind.Auto), false));
    }

    private static float[] Run(LayerModule layer, float[] values, params long[] shape) =>
        layer.Forward(tensor(values).reshape(shape), new ForwardContext(false)).detach().contiguous().data<float>().ToArray();
}
