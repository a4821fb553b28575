using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// Counts the multiply-adds of a training step for one sample. Going back, the gradient of a layer's weights costs as much as its output,
/// and so does the gradient of its input. The images need no gradient, so layers before the first weights, and the layer with these, have
/// none of their input.
/// </summary>
internal static class OperationCount
{
    /// <summary>Returns the multiply-adds of layers that follow each other.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="backward">Whether gradients are computed.</param>
    /// <param name="needsInput">Whether the input of the first needs a gradient: whether there are weights before it.</param>
    public static long Of(IReadOnlyList<NetworkLayer> layers, bool backward, bool needsInput) =>
        !backward ? layers.Sum(layer => layer.MultiplyAdds)
        : layers.Count == 0 ? 0
        : Of(layers.Select(layer => (layer.Spec, layer.Input)), needsInput);

    private static long Of(IEnumerable<(LayerSpec Spec, Shape Input)> layers, bool needsInput)
    {
        long sum = 0;
        foreach ((LayerSpec spec, Shape input) in layers)
        {
            sum += spec is BlockSpec block
                ? block.Branches(input).Sum(branch => Of(Shaped(branch, input), needsInput))
                : Of(spec, input, needsInput);
            needsInput |= spec.ParameterCount(input) > 0;
        }
        return sum;
    }

    private static long Of(LayerSpec spec, Shape input, bool needsInput)
    {
        long forward = spec.MultiplyAdds(input);
        bool hasWeights = spec.ParameterCount(input) > 0;
        // The state of a recurrent layer needs a gradient in any case.
        long backToInput =
            needsInput ? forward
            : spec is RecurrentSpec cell ? forward * cell.Units / (input.Channels + cell.Units)
            : 0;
        return forward + (hasWeights ? forward : 0) + backToInput;
    }

    private static IEnumerable<(LayerSpec Spec, Shape Input)> Shaped(IEnumerable<LayerSpec> layers, Shape input)
    {
        foreach (LayerSpec layer in layers)
        {
            yield return (layer, input);
            input = layer.OutputShape(input);
        }
    }
}
