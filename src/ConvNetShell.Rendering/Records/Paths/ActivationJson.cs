using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Rendering.Records.Paths;

/// <summary>
/// Writes the values and rules of a network as JSON that may stand in a script: no angle bracket is left in it. Numbers are the bytes of
/// single precision as base64, which is exact, and shorter than digits.
/// </summary>
internal static class ActivationJson
{
    public static string Write(ActivationTrace trace, TracedNetwork network)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            (int layer, int at) = Start(trace, network);
            json.WriteStartObject();
            json.WriteString("network", VisibleText.Of(network.Network));
            json.WriteString("source", VisibleText.Of(Path.GetFileName(network.Source)));
            json.WriteNumber("count", network.NumberCount);
            json.WriteNumber("layer", layer);
            json.WriteNumber("at", at);
            json.WriteStartArray("layers");
            foreach (TracedLayer each in network.Layers)
            {
                WriteLayer(json, each);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static (int Layer, int At) Start(ActivationTrace trace, TracedNetwork network)
    {
        int layer = network.Layers.Index().First(each => each.Item.Name == trace.Layer).Index;
        int at = trace.At.Zip(network.Layers[layer].Shape).Aggregate(0, (index, pair) => (index * pair.Second) + pair.First);
        return (layer, at);
    }

    private static void WriteLayer(Utf8JsonWriter json, TracedLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("name", VisibleText.Of(layer.Name));
        json.WriteString("kind", VisibleText.Of(layer.Kind));
        WriteNumbers(json, "shape", layer.Shape);
        json.WriteString("values", Bytes(layer.Values));
        WriteNumbers(json, "inputs", layer.Inputs);
        WriteRule(json, layer.Rule);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, LayerRule rule)
    {
        json.WriteStartObject("rule");
        json.WriteString("kind", rule.Kind.ToString().ToLowerInvariant());
        json.WriteString("operation", rule.Operation);
        WriteNumbers(json, "kernel", rule.Kernel);
        WriteNumbers(json, "stride", rule.Stride);
        WriteNumbers(json, "padding", rule.Padding);
        WriteNumbers(json, "dilation", rule.Dilation);
        WriteNumbers(json, "cells", rule.Cells);
        json.WriteStartArray("channels");
        foreach (IReadOnlyList<int> channels in rule.Channels)
        {
            WriteNumbers(json, null, channels);
        }
        json.WriteEndArray();
        json.WriteString("weights", Bytes(rule.Weights));
        json.WriteString("biases", Bytes(rule.Biases));
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IReadOnlyList<int> numbers)
    {
        if (name is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartArray(name);
        }
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static string Bytes(float[] numbers) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(numbers));
}
