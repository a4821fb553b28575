using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks;

/// <summary>A layer of a network: named, with its input and output shape.</summary>
/// <param name="Index">The position in the network, from 1.</param>
/// <param name="Name">The name: the user's, or the kind and a number (conv1, relu1, pool1).</param>
/// <param name="Spec">The layer's description.</param>
/// <param name="Input">The shape that goes in, channels first.</param>
/// <param name="Output">The shape that comes out, channels first.</param>
public sealed record NetworkLayer(int Index, string Name, LayerSpec Spec, Shape Input, Shape Output)
{
    /// <summary>
    /// Gets the layers within a block, named with the block's name before their own (res1.conv1); empty for any other layer.
    /// </summary>
    public IReadOnlyList<NetworkLayer> Inner { get; init; } = [];

    /// <summary>Gets the number of trainable values.</summary>
    public long ParameterCount => Spec.ParameterCount(Input);

    /// <summary>Gets the multiply-adds for one sample, biases left out.</summary>
    public long MultiplyAdds => Spec.MultiplyAdds(Input);

    /// <summary>Gets the parameter count as the lecture writes it.</summary>
    public string Formula => Spec.Formula(Input);

    /// <summary>Says the name, the layer and its output.</summary>
    /// <returns>For example <c>conv1: conv5x5x16 -> 16x32x32</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Spec} -> {Output}");
}
