using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Takes the gradients of a score at the outputs of layers.</summary>
internal static class LayerGradients
{
    /// <summary>Returns the gradient at one layer; zeros where nothing of it reaches the score.</summary>
    public static Tensor Of(LayerPass pass, Network network, NetworkLayer layer, int output) => Of(pass, network, [layer], output)[0];

    /// <summary>Returns whether a layer is the softmax at the end, which the scores go into.</summary>
    public static bool IsAfterScore(Network network, NetworkLayer layer) =>
        network.EndsInSoftmax && layer.Index == network.Layers.Count && layer == network.Layers[^1];

    /// <summary>
    /// Returns the gradients at layers, from one pass back. A softmax at the end comes after the scores: its gradient is zero.
    /// </summary>
    public static IReadOnlyList<Tensor> Of(LayerPass pass, Network network, IReadOnlyList<NetworkLayer> layers, int output)
    {
        Tensor score = pass.Logits.select(1, output).sum();

        NetworkLayer[] before = [.. layers.Where(layer => !IsAfterScore(network, layer))];
        Tensor?[] gradients = before.Length == 0 ? [] : Gradients.Of(score, [.. before.Select(pass.Output)]);
        return
        [
            .. layers.Select(layer =>
                Array.IndexOf(before, layer) is >= 0 and var i && gradients[i] is { IsInvalid: false } found
                    ? found
                    : zeros_like(pass.Output(layer))
            ),
        ];
    }
}
