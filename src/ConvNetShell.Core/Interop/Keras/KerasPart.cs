using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>A layer here that computes a layer of Keras, or a part of one.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Variables">The variables that become its weights.</param>
internal sealed record KerasPart(LayerSpec Spec, params IReadOnlyList<TensorEntry> Variables)
{
    /// <summary>Gets a value indicating whether a normalization has a factor.</summary>
    public bool HasScale { get; init; } = true;

    /// <summary>Gets a value indicating whether a normalization adds a number.</summary>
    public bool HasCenter { get; init; } = true;
}
