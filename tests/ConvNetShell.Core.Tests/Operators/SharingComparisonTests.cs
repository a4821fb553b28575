using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class SharingComparisonTests
{
    [Fact] // Goodfellow et al., Deep Learning, figure 9.6
    public void TheEdgeFilterIsSixtyThousandTimesCheaperThanItsMatrix()
    {
        SharingRow row = Assert.Single(SharingComparison.Compare(Plan("conv1x2x1p0-nobias", "1,280,320")));
        Assert.Equal((267_960L, 8_003_072_000L, 178_640L), (row.ConvOperations, row.DenseMACs, row.NonZeros));
        Assert.Equal((2L, 178_640L, 8_003_072_000L), (row.ConvParameters, row.LocalParameters, row.DenseParameters));
    }

    [Fact]
    public void Of_a_layer_with_channels_the_three_kinds_are_counted()
    {
        SharingRow row = SharingComparison.Compare(NetworkPlan.Fit(NetworkPresets.Find("CIFAR10").Layers(), new Shape(3, 32, 32)))[0];
        Assert.Equal("conv1", row.Layer);
        Assert.Equal(1216, row.ConvParameters);
        Assert.Equal(16 * 32 * 32 * 76, row.LocalParameters);
        Assert.Equal(16L * 32 * 32 * (3 * 32 * 32 + 1), row.DenseParameters);
        Assert.Equal((1_228_800L, 16L * 32 * 32 * 3072), (row.ConvMACs, row.DenseMACs));
    }

    [Fact]
    public void The_plans_of_the_three_kinds_agree()
    {
        SharingRow row = Assert.Single(SharingComparison.Compare(Plan("conv3x2x4s2p1", "2,7,6")));
        NetworkPlan local = Plan("local3x2x4s2p1", "2,7,6");
        Assert.Equal(local.ParameterCount, row.LocalParameters);
        Assert.Equal(local.MultiplyAdds, row.ConvMACs);
        Assert.Equal(Plan($"fc{local.OutputShape.Elements}", "2,7,6").ParameterCount, row.DenseParameters);
    }

    private static NetworkPlan Plan(string spec, string input) => NetworkPlan.Fit(NetworkSpec.Parse(spec), Shape.Parse(input));
}
