using static TorchSharp.torch;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// Gradients that a function of our own gives to libtorch. TorchSharp keeps its handles of them until the end of the step, which would hold
/// the gradients of all layers in memory at once: here they go as soon as libtorch has taken them over.
/// </summary>
internal static class HandedOver
{
    private static readonly ThreadLocal<List<Tensor>?> Before = new();

    /// <summary>Returns gradients for libtorch, one for each argument, and lets go of those this thread returned before.</summary>
    /// <param name="gradients">The gradients; <see langword="null"/> for arguments that have none.</param>
    public static List<Tensor> Gradients(params Tensor?[] gradients)
    {
        Before.Value?.ForEach(gradient => gradient?.Dispose());
        List<Tensor> now = [.. gradients.Select(gradient => gradient!)];
        Before.Value = now;
        return now;
    }
}
