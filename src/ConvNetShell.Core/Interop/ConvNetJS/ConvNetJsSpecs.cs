using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>Translates ConvNetJS' layers to this module's.</summary>
internal static class ConvNetJsSpecs
{
    /// <summary>Returns the shape of the input.</summary>
    /// <param name="definitions">The layers, the input first.</param>
    public static Shape Input(IReadOnlyList<ConvNetJsDefinition> definitions)
    {
        if (definitions.Count < 2 || definitions[0].Type != "input")
        {
            throw new InvalidSettingException(
                "layer_defs",
                "an input layer and one or more after it",
                string.Join(", ", definitions.Take(10).Select(layer => layer.Type))
            );
        }
        ConvNetJsDefinition input = definitions[0];
        int depth = input.Integer("out_depth"),
            height = input.Integer("out_sy"),
            width = input.Integer("out_sx");
        bool hasWindows = definitions.Any(layer => layer.Type is "conv" or "pool");
        return width == 1 && height == 1 && !hasWindows ? new Shape(depth) : new Shape(depth, height, width);
    }

    /// <summary>Returns the layers that compute one of ConvNetJS': two for a dropout, none for the input and the losses.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="number">Its number in the network, from 0, for errors.</param>
    /// <exception cref="LayerException">This module lacks it.</exception>
    public static IReadOnlyList<LayerSpec> Of(ConvNetJsDefinition layer, int number)
    {
        switch (layer.Type)
        {
            case "input" when number == 0:
            case "svm" or "regression": // the scores as they are
                return [];
            case "conv":
                return [new ConvSpec(layer.Integer("filters"), SamePadding.Named(Window(layer, 1), 2))];
            case "pool":
                return [new PoolSpec(PoolKind.Max, Window(layer, 2))];
            case "fc":
                return [new DenseSpec(layer.Integer("num_neurons"))];
            case "relu":
                return [new ActivationSpec(ActivationKind.ReLU)];
            case "sigmoid":
                return [new ActivationSpec(ActivationKind.Sigmoid)];
            case "tanh":
                return [new ActivationSpec(ActivationKind.Tanh)];
            case "maxout":
                return [new MaxoutSpec(layer.Integer("group_size", 2))];
            case "softmax":
                return [new ActivationSpec(ActivationKind.Softmax)];
            case "dropout":
                // ConvNetJS multiplies by the probability in predictions
                double probability = layer.Number("drop_prob", 0.5);
                return [new DropoutSpec(probability), new ScaleSpec(probability)];
            case "lrn":
                // its window has n/2 channels on both sides
                int size = layer.Integer("n");
                return
                [
                    new LocalResponseSpec(
                        checked((size / 2 * 2) + 1),
                        layer.Number("alpha") / size,
                        layer.Number("beta"),
                        layer.Number("k")
                    ),
                ];
            default:
                throw new LayerException(
                    "Layer.NotSupported",
                    layer.Type,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected conv, pool, fc, relu, sigmoid, tanh, maxout, softmax, svm, regression, dropout or lrn. "
                            + $"Received: {layer.Type} as layer {number} of ConvNetJS."
                    ),
                    "Replace the layer there."
                );
        }
    }

    private static Window Window(ConvNetJsDefinition layer, int stride)
    {
        int width = layer.Integer("sx"),
            height = layer.Integer("sy", width),
            pad = layer.Integer("pad", 0);
        return new Window(new SpatialSize(height, width), layer.Integer("stride", stride), pad == 0 ? Padding.Valid : Padding.Of(pad));
    }
}
