using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class WeightComparerTests
{
    [Fact]
    public void A_copy_has_no_difference_and_a_changed_weight_has_its_own()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu fc3", new Shape(3, 8, 8));
        using Network copy = network.Copy();

        Assert.All(WeightComparer.Compare(network, copy).Values, difference => Assert.Equal(0, difference));

        using (NewDisposeScope())
        using (no_grad())
        {
            copy.State[0].Value.zero_();
        }

        IReadOnlyDictionary<string, double> differences = WeightComparer.Compare(network, copy);
        Assert.InRange(differences[network.State[0].Name], double.Epsilon, 10);
        Assert.Single(differences.Values, difference => difference != 0);
    }

    [Fact]
    public void A_tensor_of_one_network_alone_differs_without_limit()
    {
        using Network network = TinyData.Network("fc3", new Shape(3, 8, 8));
        using Network other = TinyData.Network("fc4 relu fc3", new Shape(3, 8, 8));

        Assert.Contains(double.PositiveInfinity, WeightComparer.Compare(network, other).Values);
        Assert.Contains(double.PositiveInfinity, WeightComparer.Compare(other, network).Values);
    }
}
