using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>A layer that was read, with its weights by the names that its module has.</summary>
internal sealed record ImportedLayer(LayerSpec Spec, params IReadOnlyList<(string Parameter, Tensor Value)> Weights)
{
    /// <summary>Gets the first part of its operators' names, which is the layer's name in files of this module.</summary>
    public string Owner { get; init; } = string.Empty;

    /// <summary>Gets the layers within a block, branch after branch.</summary>
    public IReadOnlyList<ImportedLayer> Inner { get; init; } = [];
}
