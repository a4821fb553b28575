using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class NetworkFiltersTests
{
    [Theory]
    [InlineData("conv3x2x4 relu fc2", "conv1", 4, "2x3x2")]
    [InlineData("deconv3x3x4 relu fc2", "deconv1", 4, "2x3x3")]
    [InlineData("local3x2x4p0 relu fc2", "local1", 4, "4x5x2x3x2")]
    [InlineData("conv3x2x4 relu fc2", "fc1", 2, "144")]
    [InlineData("res(conv3x3x2 relu conv3x3x2) fc2", "res1.conv2", 2, "2x3x3")]
    public void A_filter_comes_back_as_it_was_set(string spec, string layer, int count, string shape)
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(2, 6, 6)));
        IReadOnlyList<LayerFilter> before = NetworkFilters.Get(network, layer);
        Assert.Equal(count, before.Count);
        Assert.All(before, filter => Assert.Equal(shape, filter.Shape));
        NumericArray other = NumericArray.Read("-Value", before[1].Values);
        var doubled = new NumericArray([.. other.Values.Select(value => value * 2)], [.. other.Sizes]);

        NetworkFilters.Set(network, layer, 1, doubled, null);

        IReadOnlyList<LayerFilter> after = NetworkFilters.Get(network, layer);
        Assert.Equal(doubled.Values, after[1].Weights);
        Assert.Equal(before[0].Weights, after[0].Weights);
    }

    [Fact]
    public void Filters_of_a_grouped_transposed_convolution_are_those_it_computes_with()
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse("deconv2x2x6s2g2"), new Shape(4, 1, 1)));
        IReadOnlyList<LayerFilter> before = NetworkFilters.Get(network, "deconv1");
        Assert.Equal(6, before.Count);
        Assert.All(before, filter => Assert.Equal("2x2x2", filter.Shape));
        for (int index = 0; index < 6; index++)
        {
            NetworkFilters.Set(network, "deconv1", index, new NumericArray([.. Enumerable.Repeat(index + 1.0, 8)], 2, 2, 2), index);
        }
        Assert.All(
            NetworkFilters.Get(network, "deconv1"),
            filter => Assert.All(filter.Weights, weight => Assert.Equal(filter.Index + 1, weight))
        );
        using Tensor input = tensor(new float[] { 1, 10, 100, 1000 }, [1, 4, 1, 1]);
        using Tensor output = network.Outputs(input)[0].amax([2, 3]);
        Assert.Equal([11f, 23, 35, 4403, 5504, 6605], output.data<float>().ToArray()); // filter (i + 1) times its group's sum, plus i
    }

    /// <summary>A filter that was set is the one that is convolved with: the lecture's neuron inside a network.</summary>
    [Fact]
    public void A_network_computes_with_the_filter_it_was_given()
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse("conv1d2x1s2p0:1"), new Shape(1, 5)));
        NetworkFilters.Set(network, "conv1", null, new NumericArray([1, -1], 2), 0.5);
        using Tensor input = tensor(new float[] { 1, 1, 1, 0, 0 }, [1, 1, 5]);
        using Tensor output = network.Outputs(input)[0];
        Assert.Equal([0.5f, 1.5f, 0.5f], output.data<float>().ToArray());
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        using Network network = Network.Create(NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x4-nobias relu fc2"), new Shape(2, 6, 6)));
        Assert.Contains(
            "a layer with filters: conv1, fc1. Received: 'relu1'",
            Assert.Throws<InvalidSettingException>(() => NetworkFilters.Get(network, "relu1")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "from 0 to 3 for conv1. Received: 4",
            Assert.Throws<InvalidSettingException>(() => NetworkFilters.Get(network, "conv1", [4])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2x3x3",
            Assert.Throws<ShapeMismatchException>(() => NetworkFilters.Set(network, "conv1", 0, new NumericArray([1, 2], 2), null)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidSettingException>(() => NetworkFilters.Set(network, "conv1", 0, null, 1));
    }
}
