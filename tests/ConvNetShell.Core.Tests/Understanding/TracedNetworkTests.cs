using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Traces;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class TracedNetworkTests
{
    [Fact]
    public void A_trace_has_all_values_up_to_its_layer_and_no_more()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc3 softmax");
        ImageSample image = Pictured.Noise(TinyData.Picture, 5);

        TracedNetwork all = Traced(network, "pool1", image);

        Assert.Equal(["image", "conv1", "relu1", "pool1"], all.Layers.Select(layer => layer.Name));
        Assert.Equal(
            [
                [],
                [0],
                [1],
                [2],
            ],
            all.Layers.Select(layer => layer.Inputs.ToArray())
        );
        Assert.Equal(
            [LayerRuleKind.Image, LayerRuleKind.Products, LayerRuleKind.Function, LayerRuleKind.Largest],
            all.Layers.Select(layer => layer.Rule.Kind)
        );
        Assert.Equal(all.Layers.Sum(layer => layer.Values.Length) + network.Layers[0].ParameterCount, all.NumberCount);
        foreach (TracedLayer layer in all.Layers.Skip(1))
        {
            int[] last = [.. layer.Shape.Select(size => size - 1)];
            ActivationTrace trace = ActivationTracer.Trace(network, layer.Name, last, image)[0];
            Assert.Equal(trace.Activation, layer.Values[^1], 1e-6);
        }
        Assert.Equal([2, 2], all.Layers[3].Rule.Kernel);
        Assert.Equal([1, 1], all.Layers[1].Rule.Padding);
    }

    [Fact]
    public void The_image_s_values_are_its_bytes_normalized()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc3 softmax");
        network.Normalization = new ChannelStatistics([0.2, 0.4], [0.5, 0.25]);
        ImageSample image = Pictured.Noise(TinyData.Picture, 5);

        TracedLayer pixels = Traced(network, "conv1", image).Layers[0];

        Assert.Equal([0.5f, 0.25f], pixels.Rule.Weights);
        Assert.Equal([0.2f, 0.4f], pixels.Rule.Biases);
        Assert.Equal((image.Pixels[3] / 255.0 - 0.4) / 0.25, pixels.Values[pixels.Values.Length / 2 + 1], 1e-5); // the second's channel 1
    }

    [Fact]
    public void Blocks_read_the_ends_of_their_branches()
    {
        using Network network = TinyData.Network(
            "conv3x3x4 res(conv3x3x4 bn relu conv3x3x4) concat(conv1x1x2 | pool3s1psame) globalavg fc3"
        );

        TracedNetwork all = Traced(network, "fc1", Pictured.Noise(TinyData.Picture, 1));
        TracedLayer Of(string name) => all.Layers.Single(layer => layer.Name == name);
        string[] Inputs(string name) => [.. Of(name).Inputs.Select(i => all.Layers[i].Name).Order(StringComparer.Ordinal)];

        Assert.Equal(["conv1", "res1.conv2"], Inputs("res1"));
        Assert.Equal(["res1"], Inputs("concat1.conv1"));
        Assert.Equal(["concat1.conv1", "concat1.pool1"], Inputs("concat1"));
        Assert.Equal((LayerRuleKind.Sum, LayerRuleKind.Branch), (Of("res1").Rule.Kind, Of("concat1").Rule.Kind));
        Assert.Equal([1, 1], Of("pool1").Rule.Cells);
        Assert.All(all.Layers.Index(), layer => Assert.All(layer.Item.Inputs, input => Assert.True(input < layer.Index)));
    }

    [Fact]
    public void A_recursion_has_one_network_and_a_large_one_only_its_count()
    {
        using Network small = TinyData.Network("conv3x3x4 relu pool2 fc3 softmax"),
            large = TinyData.Network("fc5000 fc100 fc3", new Shape(1, 10, 10));
        ImageSample image = Pictured.Noise(TinyData.Picture, 5);

        Assert.Single(ActivationTracer.Trace(small, "fc1", null, image, recurse: true).Select(trace => trace.Network).Distinct());
        TracedNetwork big = Traced(large, "fc2", Pictured.Noise(new Shape(1, 10, 10), 1));
        Assert.Empty(big.Layers);
        Assert.Equal((100 + 5000 + 100 + 100 * 5000 + 5000 + 5000 * 100 + 100, true), (big.NumberCount, big.IsTooLarge));
        Assert.Contains("at most 500,000 are kept", big.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_no_sum_describes_is_there_and_is_not_followed()
    {
        using Network network = TinyData.Network("lstm3 fc3", new Shape(2, 6));
        TracedNetwork all = Traced(network, "fc1", Pictured.Noise(new Shape(2, 6), 1));
        Assert.Equal(LayerRuleKind.Unknown, all.Layers.Single(layer => layer.Name == "lstm1").Rule.Kind);
    }

    private static TracedNetwork Traced(Network network, string layer, ImageSample image) =>
        ActivationTracer.Trace(network, layer, null, image)[0].Network!;
}
