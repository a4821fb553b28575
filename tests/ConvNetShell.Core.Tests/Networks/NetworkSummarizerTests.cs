using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class NetworkSummarizerTests
{
    private static NetworkSummary Cifar10() =>
        NetworkSummarizer.Summarize(NetworkPlan.Fit(NetworkPresets.Find("CIFAR10").Layers(), new Shape(3, 32, 32)), "CIFAR10");

    [Fact]
    public void Says_shapes_and_totals() =>
        Assert.Equal("CIFAR10: 3x32x32 -> 10, 22,466 parameters, 3,920,000 multiply-adds", Cifar10().ToString());

    [Fact]
    public void First_row_is_the_first_convolution()
    {
        LayerSummary row = Cifar10().Layers[0];
        Assert.Equal(
            (1, "conv1", "Conv", "16x32x32", "5x5", "1", "Same", 1216L, 1228800L, "16x5x5x3+16 = 1216", 5, 1),
            (
                row.Index,
                row.Name,
                row.Type,
                row.Output,
                row.Kernel,
                row.Stride,
                row.Padding,
                row.Parameters,
                row.MACs,
                row.Formula,
                row.ReceptiveField,
                row.Jump
            )
        );
    }

    [Fact]
    public void Receptive_field_grows_as_the_lecture_says()
    {
        var windows = Cifar10().Layers.Where(row => row.Kernel.Length > 0).Select(row => (row.ReceptiveField, row.Jump));
        Assert.Equal([(5, 1), (6, 2), (14, 2), (16, 4), (32, 4), (36, 8)], windows);
    }

    [Fact]
    public void Dense_layers_see_the_whole_input() =>
        Assert.All(
            Cifar10().Layers.Where(row => row.Name is "fc1" or "softmax1"),
            row => Assert.Equal((32, 0), (row.ReceptiveField, row.Jump))
        );

    [Fact]
    public void Longer_side_counts()
    {
        NetworkSummary summary = NetworkSummarizer.Summarize(
            NetworkPlan.Fit(NetworkSpec.Parse("conv3x5x2 pool2x1 fc2"), new Shape(1, 6, 20)),
            "Wide"
        );
        Assert.Equal([5, 5, 20], summary.Layers.Select(row => row.ReceptiveField));
    }

    [Fact]
    public void Fractions_sum_up_to_one() => Assert.Equal(1, Cifar10().Layers.Sum(row => row.Fraction), 12);

    [Fact]
    public void Network_without_parameters_has_no_shares() =>
        Assert.Equal(
            0,
            NetworkSummarizer
                .Summarize(NetworkPlan.Fit(NetworkSpec.Parse("pool2 flatten"), new Shape(1, 4, 4)), "None")
                .Layers.Sum(row => row.Fraction)
        );

    [Fact]
    public void Rows_know_their_summary()
    {
        NetworkSummary summary = Cifar10();
        Assert.All(summary.Layers, row => Assert.Same(summary, row.Summary));
    }

    [Theory]
    [InlineData("conv3x3x2", "Conv")]
    [InlineData("pool2", "MaxPool")]
    [InlineData("avgpool2", "AvgPool")]
    [InlineData("fc3", "Dense")]
    [InlineData("leakyrelu", "LeakyReLU")]
    [InlineData("drop0.5", "Dropout")]
    [InlineData("bn", "BatchNorm")]
    [InlineData("flatten", "Flatten")]
    public void Types_have_readable_names(string token, string type) =>
        Assert.Equal(
            type,
            NetworkSummarizer.Summarize(NetworkPlan.Fit(NetworkSpec.Parse(token), new Shape(1, 4, 4)), "One").Layers[0].Type
        );
}
