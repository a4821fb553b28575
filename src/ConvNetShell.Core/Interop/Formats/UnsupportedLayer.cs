using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Errors about layers that a language or a file format does not have.</summary>
internal static class UnsupportedLayer
{
    public const string ErrorId = "Layer.NotSupported";

    /// <summary>Makes the error about a layer that the target lacks.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="target">The language or format, for example PyTorch.</param>
    /// <param name="expected">What the target supports instead, or <see langword="null"/>.</param>
    public static LayerException In(NetworkLayer layer, string target, string? expected = null) =>
        new(
            ErrorId,
            layer.Spec.ToToken(),
            $"expected {expected ?? $"a layer that {target} has"}. Received: layer {layer.Name}, which {target} cannot express.",
            "Choose another format, or replace the layer."
        );
}
