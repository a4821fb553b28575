using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>Compares the weights of two networks, number by number.</summary>
public static class WeightComparer
{
    /// <summary>Gives the largest difference in each tensor of weights and stored statistics.</summary>
    /// <param name="first">The one network.</param>
    /// <param name="second">The other.</param>
    /// <returns>
    /// The largest absolute difference by the tensor's name, as conv1.weight, in the first network's order: NaN where a number is
    /// none, infinite where only one of them has the tensor or its shape differs.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Compare(Network first, Network second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var others = second.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal);
        var differences = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (NamedTensor tensor in first.State)
        {
            differences[tensor.Name] =
                others.Remove(tensor.Name, out Tensor? other) && tensor.Value.shape.SequenceEqual(other.shape)
                    ? Difference(tensor.Value, other)
                    : double.PositiveInfinity;
        }

        foreach (string name in others.Keys)
        {
            differences[name] = double.PositiveInfinity;
        }

        return differences;
    }

    private static double Difference(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return first.numel() == 0
            ? 0
            : first.detach().to(ScalarType.Float64).cpu().sub(second.detach().to(ScalarType.Float64).cpu()).abs().max().item<double>();
    }
}
