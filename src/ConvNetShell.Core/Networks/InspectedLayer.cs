using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Networks;

/// <summary>A layer as inspection sees it; behind a mistake shapes may be unknown.</summary>
/// <param name="Place">The position in the network, from 0.</param>
/// <param name="Name">The layer's name.</param>
/// <param name="Spec">The layer's description.</param>
/// <param name="Input">The shape that goes in, where it is known.</param>
/// <param name="Output">The shape that comes out, where it is known.</param>
/// <param name="Issues">The issues found while fitting it.</param>
internal sealed record InspectedLayer(
    int Place,
    string Name,
    LayerSpec Spec,
    Shape? Input,
    Shape? Output,
    IReadOnlyList<NetworkIssue> Issues
)
{
    /// <summary>Gets a value indicating whether the layer is trained and sums up its input with weights.</summary>
    public bool IsLinear => Spec.IsLinear;

    /// <summary>Gets a value indicating whether the layer is a softmax.</summary>
    public bool IsSoftmax => Spec is ActivationSpec { Function: ActivationKind.Softmax };
}
