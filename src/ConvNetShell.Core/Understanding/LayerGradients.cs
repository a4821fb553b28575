using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding;

/// <summary>Takes the gradients of a score at the outputs of layers.</summary>
internal static class LayerGradients
{
    /// <summary>Returns the gradient at one layer; zeros where nothing of it reaches the score.</summary>
    public static Tensor Of(LayerPass pass, NetworkLayer layer, int output) => Of(pass, [layer], output)[0];

    /// <summary>Returns the gradients at layers, from one pass back. A softmax at the end comes after the scores: there is no gradient at it.</summary>
    public static IReadOnlyList<Tensor> Of(LayerPass pass, IReadOnlyList<NetworkLayer> layers, int output)
    {
        Tensor[] values = [.. layers.Select(pass.Output)];
        Tensor score = pass.Logits.select(1, output).sum();
        IList<Tensor> gradients = autograd.grad([score], values, allow_unused: true);
        return [.. values.Select((value, i) => gradients[i] is { IsInvalid: false } found ? found : zeros_like(value))];
    }
}
