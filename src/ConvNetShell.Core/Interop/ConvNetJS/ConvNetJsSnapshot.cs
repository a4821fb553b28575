using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>Makes a network of what net.toJSON() gave, with its weights.</summary>
internal static class ConvNetJsSnapshot
{
    /// <summary>Makes the network.</summary>
    /// <param name="root">The JSON text's root.</param>
    /// <param name="size">The length of the text; a network never has more parameters.</param>
    /// <exception cref="ConvNetException">It is no snapshot.</exception>
    public static Network Read(JsonElement root, long size)
    {
        JsonElement[] layers = [.. Member(root, "layers", JsonValueKind.Array).EnumerateArray()];
        ConvNetJsDefinition[] definitions = [.. layers.Select(Definition)];
        Shape input = ConvNetJsSpecs.Input(definitions);
        IReadOnlyList<LayerSpec>[] specs = [.. definitions.Select(ConvNetJsSpecs.Of)];
        NetworkPlan plan = ImportedPlan.Fit(specs.SelectMany(spec => spec), input, size);
        Network network = Network.Create(plan);
        try
        {
            Fill(network, layers, definitions, specs);
            network.HasInitialWeights = false;
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void Fill(Network network, JsonElement[] layers, ConvNetJsDefinition[] definitions, IReadOnlyList<LayerSpec>[] specs)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        int next = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            Shape output = network.InputShape;
            for (int j = 0; j < specs[i].Count; j++)
            {
                NetworkLayer layer = network.Layers[next++];
                if (definitions[i].Type is "conv" or "fc")
                {
                    Weights(network, layer, layers[i]);
                }
                output = layer.Output;
            }
            RequireOutput(definitions[i], i, output, specs[i].Count > 0);
        }
    }

    private static void Weights(Network network, NetworkLayer layer, JsonElement json)
    {
        JsonElement filters = Member(json, "filters", JsonValueKind.Array);
        Tensor weight = network.State.First(tensor => tensor.Name == layer.Name + ".weight").Value,
            bias = network.State.First(tensor => tensor.Name == layer.Name + ".bias").Value;
        int count = filters.GetArrayLength();
        Require(count == weight.shape[0], $"{layer.Name}: filters", $"{weight.shape[0]} filters", count);
        // ConvNetJS: rows, columns, channels; here: channels, rows, columns
        long[] shape = layer.Spec.Window is null
            ? layer.Input is { Count: 3 } map
                ? [map[1], map[2], map[0]]
                : [layer.Input.Elements]
            : [weight.shape[2], weight.shape[3], weight.shape[1]];
        int index = 0;
        foreach (JsonElement filter in filters.EnumerateArray())
        {
            Tensor values = tensor(Numbers(Member(filter, "w"), weight[index].NumberOfElements, layer.Name)).reshape(shape);
            weight[index++].copy_((shape.Length == 3 ? values.permute(2, 0, 1) : values).reshape(weight.shape[1..]));
        }
        bias.copy_(tensor(Numbers(Member(Member(json, "biases", JsonValueKind.Object), "w"), bias.NumberOfElements, layer.Name)));
    }

    // an array, or an object with the indices as names, as browsers write typed arrays
    private static float[] Numbers(JsonElement json, long count, string layer)
    {
        long length = json.ValueKind switch
        {
            JsonValueKind.Array => json.GetArrayLength(),
            JsonValueKind.Object => json.EnumerateObject().LongCount(),
            _ => -1,
        };
        Require(length == count, $"{layer}: w", string.Create(CultureInfo.InvariantCulture, $"{count} numbers"), length);
        var numbers = new float[count];
        if (json.ValueKind == JsonValueKind.Array)
        {
            int at = 0;
            foreach (JsonElement number in json.EnumerateArray())
            {
                numbers[at++] = (float)Real(number, layer);
            }
            return numbers;
        }
        foreach (JsonProperty number in json.EnumerateObject())
        {
            bool isIndex = int.TryParse(number.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < count;
            Require(isIndex, $"{layer}: w", "the indices as names", number.Name);
            numbers[at] = (float)Real(number.Value, layer);
        }
        return numbers;
    }

    private static double Real(JsonElement json, string layer) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double number)
            ? number
            : throw new InvalidSettingException($"{layer}: w", "numbers", json.ValueKind.ToString());

    private static ConvNetJsDefinition Definition(JsonElement json)
    {
        string type = Member(json, "layer_type", JsonValueKind.String).GetString()!;
        var numbers = json.EnumerateObject()
            .Where(pair => pair.Value.ValueKind == JsonValueKind.Number)
            .Select(pair => (pair.Name, pair.Value.GetDouble()))
            .ToList();
        if (type is "conv" or "fc")
        {
            numbers.AddRange(
                numbers
                    .Where(pair => pair.Name == "out_depth")
                    .Select(pair => (type == "conv" ? "filters" : "num_neurons", pair.Item2))
                    .ToArray()
            );
        }
        return new ConvNetJsDefinition(type, numbers);
    }

    // what the file says of the output; the input and the losses have none of ours
    private static void RequireOutput(ConvNetJsDefinition layer, int number, Shape output, bool isComputed)
    {
        if (isComputed)
        {
            (int depth, int height, int width) = output.Count == 3 ? (output[0], output[1], output[2]) : (output[0], 1, 1);
            bool isThat =
                layer.Integer("out_depth", depth) == depth
                && layer.Integer("out_sy", height) == height
                && layer.Integer("out_sx", width) == width;
            Require(
                isThat,
                string.Create(CultureInfo.InvariantCulture, $"The output of layer {number} ({layer.Type})"),
                string.Create(CultureInfo.InvariantCulture, $"{width}x{height}x{depth}"),
                $"{layer.Number("out_sx", width)}x{layer.Number("out_sy", height)}x{layer.Number("out_depth", depth)}"
            );
        }
    }

    private static JsonElement Member(JsonElement json, string name, JsonValueKind? kind = null) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement value)
        && (kind is null || value.ValueKind == kind)
            ? value
            : throw new InvalidSettingException(
                $"'{name}' of a ConvNetJS network",
                kind?.ToString().ToLowerInvariant() ?? "numbers",
                json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement other)
                    ? other.ValueKind.ToString()
                    : null
            );

    private static void Require(bool isRight, string what, string expected, object received)
    {
        if (!isRight)
        {
            throw new InvalidSettingException(what, expected, received);
        }
    }
}
