using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>Translates a network's layers to ConvNetJS' layer_defs.</summary>
internal static class ConvNetJsDefinitions
{
    internal const string Target = "ConvNetJS";

    /// <summary>Returns the definitions, the input first. ConvNetJS adds the dense layer of softmax and svm itself.</summary>
    public static IReadOnlyList<ConvNetJsDefinition> Of(Network network)
    {
        var definitions = new List<ConvNetJsDefinition> { Input(network) };
        NetworkLayer[] layers = [.. network.Layers.Where(layer => layer.Spec is not FlattenSpec)];
        for (int i = 0; i < layers.Length; i++)
        {
            bool isLast = i >= layers.Length - 2;
            if (layers[i].Spec is DenseSpec dense && isLast && (i == layers.Length - 1 || network.EndsInSoftmax))
            {
                RequireBias(layers[i], dense.Bias);
                definitions.Add(new ConvNetJsDefinition(network.EndsInSoftmax ? "softmax" : "svm", ("num_classes", dense.Units)));
                break;
            }
            definitions.Add(Of(layers[i]));
        }
        return definitions[^1].Type is "softmax" or "svm"
            ? definitions
            : throw UnsupportedLayer.In(layers[^1], Target, "a network that ends in a dense layer, or in one and softmax");
    }

    /// <summary>Returns the definition of the input.</summary>
    public static ConvNetJsDefinition Input(Network network)
    {
        Shape shape = network.InputShape;
        (int width, int height) = shape.Count switch
        {
            1 => (1, 1),
            3 => (shape[2], shape[1]),
            _ => throw UnsupportedLayer.In(network.Layers[0], Target, "an input of channels x height x width"),
        };
        return new ConvNetJsDefinition("input", ("out_sx", width), ("out_sy", height), ("out_depth", shape.Channels));
    }

    /// <summary>Returns the definition of one layer as ConvNetJS has it; biases are not looked at.</summary>
    public static ConvNetJsDefinition Of(NetworkLayer layer) =>
        layer.Spec switch
        {
            ConvSpec { Groups: 1 } conv when conv.Window.Dilation.Equals(1) => new ConvNetJsDefinition(
                "conv",
                [
                    ("sx", conv.Window.Kernel[1]),
                    ("sy", conv.Window.Kernel[0]),
                    ("filters", conv.Bias ? conv.Filters : RequireBias(layer, false)),
                    .. Window(layer),
                ]
            ),
            PoolSpec { Pooling: PoolKind.Max } pool => new ConvNetJsDefinition(
                "pool",
                [("sx", pool.Window.Kernel[1]), ("sy", pool.Window.Kernel[0]), .. Window(layer)]
            ),
            DenseSpec dense => new ConvNetJsDefinition("fc", ("num_neurons", dense.Bias ? dense.Units : RequireBias(layer, false))),
            ActivationSpec { Function: ActivationKind.ReLU or ActivationKind.Sigmoid or ActivationKind.Tanh } => new ConvNetJsDefinition(
                layer.Spec.Kind
            ),
            MaxoutSpec maxout => new ConvNetJsDefinition("maxout", ("group_size", maxout.GroupSize)),
            DropoutSpec { Spatial: false } dropout => new ConvNetJsDefinition("dropout", ("drop_prob", dropout.Rate)),
            LocalResponseSpec response when response.Size % 2 == 1 => new ConvNetJsDefinition(
                "lrn",
                ("k", response.K),
                ("n", response.Size),
                ("alpha", response.Alpha * response.Size), // ConvNetJS divides it by n
                ("beta", response.Beta)
            ),
            _ => throw UnsupportedLayer.In(layer, Target),
        };

    private static int RequireBias(NetworkLayer layer, bool bias) =>
        bias ? 0 : throw UnsupportedLayer.In(layer, Target, "a layer with biases, as all of ConvNetJS have them");

    // ConvNetJS has one stride and one padding for both dimensions
    private static (string, double)[] Window(NetworkLayer layer)
    {
        var window = layer.Spec.Window!;
        (int Before, int After)[] pads = window.Pads(layer.Input);
        return window.Stride.Count == 1 && pads.All(pad => pad == (pads[0].Before, pads[0].Before))
            ? [("stride", window.Stride[0]), ("pad", pads[0].Before)]
            : throw UnsupportedLayer.In(layer, Target, "a window with one stride and the same padding on all four sides");
    }
}
