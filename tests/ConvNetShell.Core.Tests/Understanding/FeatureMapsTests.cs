using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

/// <summary>Feature maps are what the layers give, and their gradients what small changes of them do.</summary>
public sealed class FeatureMapsTests
{
    [Fact]
    public void The_maps_of_the_first_layer_are_its_convolution()
    {
        using Network network = TinyData.Network();
        ImageSample image = Pictured.Noise(TinyData.Picture, 1);
        IReadOnlyList<FeatureMap> maps = FeatureMaps.Get(network, image, "CONV1", device: "cpu");

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor input = NetworkInput.Batch(network, CPU, image);
        Tensor wanted = nn.functional.conv2d(input, network.Parameters[0].Value, network.Parameters[1].Value, padding: [1L, 1L]);
        Assert.Equal(4, maps.Count);
        foreach (FeatureMap map in maps)
        {
            float[] expected = wanted[0][map.Channel].contiguous().data<float>().ToArray();
            Assert.All(expected.Zip(map.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(expected[(2 * 6) + 3], ((double[][])map.Data)[2][3], 1e-5);
            Assert.Equal(("conv1", "6x6", 6, 6, 1), (map.Layer, map.Shape, map.Height, map.Width, map.Depth));
        }
    }

    [Fact]
    public void Its_figures_are_those_of_its_values()
    {
        using Network network = TinyData.Network();
        FeatureMap map = FeatureMaps.Get(network, Pictured.Noise(TinyData.Picture, 1), "relu1", [2], device: "cpu")[0];
        Assert.Equal(2, map.Channel);
        Assert.Equal((map.Values.Min(), map.Values.Max()), ((float)map.Min, (float)map.Max));
        Assert.Equal(map.Values.Average(value => (double)value), map.Mean, 1e-9);
        Assert.Equal(map.Values.Count(value => value == 0) / 36.0, map.ZeroFraction, 1e-9);
        Assert.InRange(map.ZeroFraction, 0.01, 0.99);
    }

    [Theory]
    [InlineData("conv3x3x4 tanh pool2 fc3 softmax", "2x6x6", "pool1", 4, "3x3")]
    [InlineData("conv3x3x4 tanh pool2 fc3 softmax", "2x6x6", "tanh1", 4, "6x6")]
    [InlineData("conv3x3x4 tanh pool2 fc3", "2x6x6", "fc1", 3, "1")]
    [InlineData("conv1d3x4 tanh pool2 fc3 softmax", "2x12", "pool1", 4, "6")]
    [InlineData("conv3d3x3x3x4 tanh pool2 fc3 softmax", "1x4x6x6", "tanh1", 4, "4x6x6")]
    [InlineData("res(conv3x3x2 tanh) fc3 softmax", "2x6x6", "res1.conv1", 2, "6x6")]
    public void A_gradient_is_how_the_score_changes(string spec, string input, string layer, int channels, string shape)
    {
        Shape size = Shape.Parse(input.Replace('x', ','));
        using Network network = TinyData.Network(spec, size);
        ImageSample image = Pictured.Noise(size, 2);
        IReadOnlyList<FeatureMap> gradients = FeatureMaps.Get(network, image, layer, gradient: true, className: "1", device: "cpu");

        Assert.Equal((channels, shape), (gradients.Count, gradients[0].Shape));
        Assert.All(gradients, gradient => Assert.True(gradient is { IsGradient: true, Class: "1" }));
        NetworkLayer found = network.Plan.Find(layer);
        if (found != network.Layers.FirstOrDefault(other => other.Name == layer))
        {
            return; // within a block: the layers after it cannot be run from here
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor values = LayerPass.Run(network, NetworkInput.Batch(network, CPU, image)).Output(found).contiguous();
        float[] flat = values.data<float>().ToArray();
        float[] all = [.. gradients.SelectMany(gradient => gradient.Values)];
        foreach (int place in new[] { 0, flat.Length / 2, flat.Length - 1 })
        {
            Assert.Equal((Score(flat, place, 0.01f) - Score(flat, place, -0.01f)) / 0.02, all[place], 2e-3);
        }

        double Score(float[] start, int place, float change)
        {
            float[] changed = [.. start];
            changed[place] += change;
            Tensor value = tensor(changed).reshape(values.shape);
            for (int i = found.Index; i < network.Layers.Count && !(network.EndsInSoftmax && i == network.Layers.Count - 1); i++)
            {
                value = network.Modules[i].Forward(value, default);
            }
            return value[0, 1].item<float>();
        }
    }

    [Fact]
    public void Looking_changes_nothing_and_leaves_nothing()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu pool2 fc3 softmax");
        ImageSample image = Pictured.Noise(TinyData.Picture, 1);
        float[] state = Pictured.State(network),
            output = Pictured.Output(network, image);
        FeatureMaps.Get(network, image, "conv1", device: "cpu");
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() =>
            {
                FeatureMaps.Get(network, image, "conv1", device: "cpu");
                FeatureMaps.Get(network, image, "conv1", gradient: true, device: "cpu");
                NetworkPanels.Get(network, image, "cpu");
            })
        );
        Assert.Equal(state, Pictured.State(network));
        Assert.Equal(output, Pictured.Output(network, image));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using Network network = TinyData.Network();
        ImageSample image = Pictured.Noise(TinyData.Picture, 1);
        Assert.Contains(
            "did you mean conv1?",
            Assert.Throws<NameNotFoundException>(() => FeatureMaps.Get(network, image, "conv2")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "from 0 to 3 for conv1. Received: 4",
            Assert.Throws<InvalidSettingException>(() => FeatureMaps.Get(network, image, "conv1", [4])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Class",
            Assert.Throws<NameNotFoundException>(() => FeatureMaps.Get(network, image, "conv1", gradient: true, className: "cat")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ShapeMismatchException>(() => FeatureMaps.Get(network, Pictured.Noise(new Shape(2, 7, 6), 1), "conv1"));
    }

    [Fact]
    public void A_panel_has_every_layer()
    {
        using Network network = TinyData.Network();
        NetworkPanel panel = NetworkPanels.Get(network, Pictured.Noise(TinyData.Picture, 1), "cpu");
        Assert.Equal(["input", "conv1", "relu1", "pool1", "fc1", "softmax1"], panel.Layers.Select(layer => layer.Name));
        Assert.Equal([1, 4, 4, 4, 1, 1], panel.Layers.Select(layer => layer.Activations.Count));
        Assert.Equal([0, 4, 4, 4, 1, 0], panel.Layers.Select(layer => layer.Gradients.Count));
        Assert.Equal([0, 4, 0, 0, 3, 0], panel.Layers.Select(layer => layer.Weights.Count));
        Assert.Equal(3, panel.Predictions.Count);
        Assert.Equal(1, panel.Layers[^1].Activations[0].Values.Sum(), 1e-5);
        Assert.All(NetworkPanels.Get(network).Layers, layer => Assert.Empty(layer.Activations));
    }
}
