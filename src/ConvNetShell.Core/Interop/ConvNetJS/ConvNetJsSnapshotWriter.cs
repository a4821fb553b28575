using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>Writes a network as net.fromJSON() reads it.</summary>
internal sealed class ConvNetJsSnapshotWriter
{
    private readonly Utf8JsonWriter json;
    private readonly Network network;
    private readonly NetworkLayer[] layers;

    // what the values of ConvNetJS are times ours; the next weights divide by it
    private double factor = 1;

    private ConvNetJsSnapshotWriter(Utf8JsonWriter json, Network network)
    {
        this.json = json;
        this.network = network;
        layers = [.. network.Layers.Where(layer => layer.Spec is not FlattenSpec)];
    }

    /// <summary>Writes the network.</summary>
    /// <param name="json">Receives the JSON.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="LayerException">ConvNetJS lacks a layer.</exception>
    public static void Write(Utf8JsonWriter json, Network network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        new ConvNetJsSnapshotWriter(json, network).Write();
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteStartArray("layers");
        ConvNetJsDefinition input = ConvNetJsDefinitions.Input(network);
        Layer(input, network.InputShape, network.InputShape, null);
        Shape shape = network.InputShape;
        for (int i = 0; i < layers.Length; i++)
        {
            shape = Write(layers[i], shape);
        }
        if (!network.EndsInSoftmax)
        {
            RequirePlain(layers[^1]);
            Layer(new ConvNetJsDefinition("svm"), shape, shape, null);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a layer and returns its output's shape; flattened ones keep their rows and columns in ConvNetJS.</summary>
    private Shape Write(NetworkLayer layer, Shape shape)
    {
        switch (layer.Spec)
        {
            case ScaleSpec scale:
                factor /= scale.Factor;
                return shape;
            case DropoutSpec { Rate: 0 }:
                return shape;
            case DropoutSpec dropout:
                // predictions of ConvNetJS multiply by the probability
                Layer(ConvNetJsDefinitions.Of(layer), shape, shape, null);
                factor *= dropout.Rate;
                return shape;
            case ConvSpec or DenseSpec:
                Weights(layer, shape);
                return layer.Output;
            case ActivationSpec { Function: ActivationKind.Softmax }:
                RequirePlain(layer);
                Layer(new ConvNetJsDefinition("softmax"), shape, layer.Output, null);
                return layer.Output;
            case ActivationSpec { Function: ActivationKind.ReLU } when factor > 0:
            case PoolSpec or MaxoutSpec when factor > 0:
                break;
            default:
                RequirePlain(layer);
                break;
        }
        if (layer.Spec is MaxoutSpec && layer.Input.Count == 1 && shape.Elements > shape.Channels)
        {
            throw UnsupportedLayer.In(layer, ConvNetJsDefinitions.Target, "a maxout before the maps are flattened, or after a dense layer");
        }
        Shape output = layer.Spec is PoolSpec or MaxoutSpec ? layer.Output : shape;
        Layer(ConvNetJsDefinitions.Of(layer), shape, output, null);
        return output;
    }

    private void Weights(NetworkLayer layer, Shape shape)
    {
        LayerSpec withBias = layer.Spec switch
        {
            ConvSpec conv => new ConvSpec(conv.Filters, conv.Window, conv.Groups, bias: true, conv.Dimensions),
            DenseSpec dense => new DenseSpec(dense.Units, bias: true, dense.Inputs),
            var other => other,
        };
        ConvNetJsDefinition definition = ConvNetJsDefinitions.Of(layer with { Spec = withBias });
        Tensor weight = Find(layer, "weight")!.Times(1 / factor);
        factor = 1;
        // ConvNetJS: rows, columns, channels; here: channels, rows, columns
        long[] size = layer.Spec is ConvSpec ? weight.shape[1..] : [.. shape.ToArray().Select(length => (long)length)];
        Tensor turned = size.Length == 3 ? weight.reshape([-1, .. size]).permute(0, 2, 3, 1) : weight;
        float[] bias = Find(layer, "bias")?.data<float>().ToArray() ?? new float[layer.Output.Channels];
        Layer(
            definition,
            shape,
            layer.Output,
            () =>
            {
                json.WriteStartArray("filters");
                for (long i = 0; i < weight.shape[0]; i++)
                {
                    bool isMap = layer.Spec is ConvSpec;
                    Volume(turned[i], isMap ? size[2] : 1, isMap ? size[1] : 1);
                }
                json.WriteEndArray();
                json.WritePropertyName("biases");
                Volume(tensor(bias), 1, 1);
            }
        );
    }

    private Tensor? Find(NetworkLayer layer, string parameter) =>
        network.State.FirstOrDefault(tensor => tensor.Name == $"{layer.Name}.{parameter}")?.Value.detach().cpu().to(ScalarType.Float32);

    private void Layer(ConvNetJsDefinition definition, Shape input, Shape output, Action? weights)
    {
        json.WriteStartObject();
        json.WriteString("layer_type", definition.Type);
        // the numbers of filters and neurons are out_depth here
        foreach ((string name, double value) in definition.Numbers.Where(number => !IsOutput(number.Name)))
        {
            json.WriteNumber(name, value);
        }
        (int depth, int height, int width) = output.Count == 3 ? (output[0], output[1], output[2]) : (output[0], 1, 1);
        json.WriteNumber("in_depth", input.Channels);
        json.WriteNumber("num_inputs", input.Elements);
        json.WriteNumber("out_depth", depth);
        json.WriteNumber("out_sx", width);
        json.WriteNumber("out_sy", height);
        weights?.Invoke();
        json.WriteEndObject();
    }

    private static bool IsOutput(string name) => name is "filters" or "num_neurons" || name.StartsWith("out_", StringComparison.Ordinal);

    private void Volume(Tensor values, long width, long height)
    {
        float[] numbers = values.contiguous().data<float>().ToArray();
        json.WriteStartObject();
        json.WriteNumber("sx", width);
        json.WriteNumber("sy", height);
        json.WriteNumber("depth", numbers.Length / (width * height));
        json.WriteStartArray("w");
        foreach (float number in numbers)
        {
            json.WriteNumberValue(
                float.IsFinite(number)
                    ? number
                    : throw new InvalidSettingException("Network", "one with finite weights, as JSON has no others", number)
            );
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private void RequirePlain(NetworkLayer layer)
    {
        if (Math.Abs(factor - 1) > 1e-9)
        {
            throw UnsupportedLayer.In(
                layer,
                ConvNetJsDefinitions.Target,
                "a scale or dropout with only ReLU and max pooling between it and the next weights"
            );
        }
    }
}
