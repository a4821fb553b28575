using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Reads all values and weights between an image and a layer.</summary>
internal static class TracedNetworkReader
{
    private const string ImageName = "image";

    /// <summary>
    /// Returns the layers that a layer depends on, itself and the activation after it, or only their count of numbers where there are too
    /// many.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="pass">Its pass over the image.</param>
    /// <param name="wiring">What each layer reads.</param>
    /// <param name="last">The layer.</param>
    /// <param name="image">The image.</param>
    /// <param name="operation">Returns a layer's operation as text, or <see langword="null"/> where a page cannot follow it.</param>
    public static TracedNetwork Read(
        Network network,
        LayerPass pass,
        LayerWiring wiring,
        NetworkLayer last,
        ImageSample image,
        Func<NetworkLayer, string?> operation
    )
    {
        var order = new List<NetworkLayer>();
        Visit(last, wiring, order);
        for (NetworkLayer? next = After(last); next is not null; next = After(next))
        {
            order.Add(next);
        }
        long numbers = network.InputShape.Elements + order.Sum(layer => layer.Output.Elements + Own(layer));
        if (numbers > TracedNetwork.MostNumbers)
        {
            return new TracedNetwork(network.Name, image.Source, [], numbers);
        }
        NetworkLayer? After(NetworkLayer layer) =>
            network.Plan.AllLayers.FirstOrDefault(next =>
                next.Spec is BatchNormSpec or ActivationSpec { Function: not ActivationKind.Softmax }
                && wiring.Before(next)?.Name == layer.Name
            );
        int Index(NetworkLayer? layer) => layer is null ? 0 : order.IndexOf(layer) + 1;
        TracedLayer[] layers =
        [
            Image(network, pass),
            .. order.Select(layer => new TracedLayer(
                layer.Name,
                layer.Spec.ToToken(),
                layer.Output.ToArray(),
                Numbers(pass.Output(layer)),
                [.. Inputs(layer, wiring).Select(Index)],
                TracedRules.Of(layer, pass, operation(layer))
            )),
        ];
        return new TracedNetwork(network.Name, image.Source, layers, numbers);
    }

    private static long Own(NetworkLayer layer) => layer.Spec is BlockSpec ? 0 : layer.ParameterCount;

    private static IReadOnlyList<NetworkLayer?> Inputs(NetworkLayer layer, LayerWiring wiring) =>
        layer.Spec is BlockSpec ? wiring.Ends(layer) : [wiring.Before(layer)];

    /// <summary>Appends a layer after all that it reads.</summary>
    private static void Visit(NetworkLayer layer, LayerWiring wiring, List<NetworkLayer> order)
    {
        if (order.Contains(layer))
        {
            return;
        }
        foreach (NetworkLayer? input in Inputs(layer, wiring))
        {
            if (input is not null)
            {
                Visit(input, wiring, order);
            }
        }
        order.Add(layer);
    }

    private static TracedLayer Image(Network network, LayerPass pass) =>
        new(
            ImageName,
            "pixel",
            network.InputShape.ToArray(),
            Numbers(pass.Input(network.Layers[0])),
            [],
            new LayerRule(LayerRuleKind.Image, "(byte / 255 - mean) / deviation")
            {
                Weights = [.. network.InputStatistics.StandardDeviation.Select(deviation => (float)Math.Max(deviation, 1e-6))],
                Biases = [.. network.InputStatistics.Mean.Select(mean => (float)mean)],
            }
        );

    private static float[] Numbers(Tensor batch) => batch[0].to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
