using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class ReceptiveFieldTests
{
    [Theory]
    [InlineData("CIFAR10", "pool3", 36, 8)]
    [InlineData("LeNet5", "pool2", 16, 4)]
    [InlineData("ConvNetJSMNIST", "pool2", 18, 6)]
    public void Fields_are_the_known_ones(string preset, string layer, int size, int jump)
    {
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find(preset));
        ReceptiveFieldInfo info = Assert.Single(ReceptiveFields.Get(network, [layer]));
        Assert.Equal([size, size], info.Size);
        Assert.Equal([jump, jump], info.Jump);
    }

    [Theory] // of AlexNet both ways of counting it give 195 in steps of 32; too large to build here for a table
    [InlineData("AlexNet")]
    [InlineData("AlexNet2012")]
    public void OfAlexNetItIs195(string preset)
    {
        NetworkPreset known = NetworkPresets.Find(preset);
        LayerSummary last = NetworkSummarizer
            .Summarize(NetworkPlan.Fit(known.Layers(), known.InputShape), preset)
            .Layers.Single(layer => layer.Name == "pool3");
        Assert.Equal((195, 32), (last.ReceptiveField, last.Jump));
    }

    [Theory]
    [InlineData("concat(conv3x7x2 | conv5x3x2)", 5, 7, 0)] // neither branch is the longest in both directions
    [InlineData("add(conv1x1x2 | conv2x2x2p0:1)", 2, 2, 0.5)]
    [InlineData("concat(conv2x2x2p0:1 | conv2x2x2p1:0)", 3, 3, 0)] // one looks back, one looks ahead
    [InlineData("concat(conv3x3x2 conv3x3x2 | conv1x9x2)", 5, 9, 0)]
    public void Behind_branches_a_value_sees_what_any_of_them_sees(string spec, int height, int width, double start)
    {
        using Network network = NetworkFactory.FromLayers(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(1, 16, 16)));
        ReceptiveFieldInfo info = ReceptiveFields.Get(network, at: [7, 7], effective: true)[0];
        Assert.Equal([height, width], info.Size);
        Assert.Equal([start, start], info.Start);
        var map = (double[][])info.Gradient!;
        var reached = (from y in Enumerable.Range(0, 16) from x in Enumerable.Range(0, 16) where map[y][x] > 0 select (y, x)).ToList();
        Assert.Equal((info.Region[0][0], info.Region[0][1]), (reached.Min(at => at.y), reached.Max(at => at.y)));
        Assert.Equal((info.Region[1][0], info.Region[1][1]), (reached.Min(at => at.x), reached.Max(at => at.x)));
    }

    [Fact]
    public void A_region_says_whether_the_border_cuts_it()
    {
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"));
        ReceptiveFieldInfo corner = Assert.Single(ReceptiveFields.Get(network, ["conv1"], [0, 31]));
        Assert.Equal(
            [
                [-2, 2],
                [29, 33],
            ],
            corner.Region
        );
        Assert.Equal(
            [
                [0, 2],
                [29, 31],
            ],
            corner.Visible
        );
        Assert.True(corner.Cut);
        Assert.False(Assert.Single(ReceptiveFields.Get(network, ["conv1"], [9, 9])).Cut);
    }

    /// <summary>
    /// What a value depends on is what its gradient reaches: never beyond the computed region, and in this network all of it.
    /// </summary>
    [Fact]
    public void Gradients_reach_the_region_and_no_further()
    {
        using Network network = NetworkFactory.FromLayers(
            NetworkPlan.Fit(NetworkSpec.Parse("conv3x3x4 relu pool2 conv3x3x4d2p2 fc2"), new Shape(1, 20, 20))
        );
        ReceptiveFieldInfo info = Assert.Single(ReceptiveFields.Get(network, ["conv2"], [5, 5], effective: true));
        double[][] gradient = (double[][])info.Gradient!;
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                bool inside = y >= info.Region[0][0] && y <= info.Region[0][1] && x >= info.Region[1][0] && x <= info.Region[1][1];
                Assert.True(inside || gradient[y][x] == 0, $"{y},{x}");
            }
        }
        Assert.All(info.EffectiveSize!, size => Assert.InRange(size, 3, info.Size[0]));
    }

    [Fact]
    public void A_place_outside_is_an_error()
    {
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"));
        Assert.Contains(
            "Received: '4,0'",
            Assert.Throws<InvalidSettingException>(() => ReceptiveFields.Get(network, ["pool3"], [4, 0])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "pool3",
            Assert.Throws<NameNotFoundException>(() => ReceptiveFields.Get(network, ["pool9"])).Message,
            StringComparison.Ordinal
        );
    }
}
