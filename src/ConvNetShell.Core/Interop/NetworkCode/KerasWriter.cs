using System.Globalization;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as Python code for Keras 3, with channels last: a functional model, as blocks need one.</summary>
internal sealed class KerasWriter
{
    private readonly StringBuilder code = new();

    public static string Write(Network network)
    {
        var writer = new KerasWriter();
        foreach (NetworkLayer layer in network.Layers)
        {
            writer.Add(layer);
        }
        int[] input = network.InputShape.ToArray();
        string shape = string.Join(", ", [.. input[1..], input[0]]);
        return $"""
            # {CodeText.Comment(network)}
            # Input: N x {shape.Replace(", ", " x ", StringComparison.Ordinal)}, channels last
            import keras
            from keras import layers

            inputs = keras.Input(shape=({shape}{(input.Length == 1 ? "," : string.Empty)}))
            x = inputs
            {writer.code}model = keras.Model(inputs, x, name={JsonSerializer.Serialize(CodeText.Identifier(network.Name))})

            """;
    }

    private void Add(NetworkLayer layer)
    {
        if (layer.Spec is BlockSpec block)
        {
            Add(layer, block);
            return;
        }
        foreach (string call in KerasLayers.Of(layer))
        {
            code.Append("x = ").Append(call).Append("(x)\n");
        }
    }

    private void Add(NetworkLayer layer, BlockSpec block)
    {
        string name = CodeText.Identifier(layer.Name);
        var inner = new Queue<NetworkLayer>(layer.Inner);
        var outputs = new List<string>();
        code.Append(CultureInfo.InvariantCulture, $"{name}_in = x\n");
        foreach (int count in block.Branches(layer.Input).Select(branch => branch.Count))
        {
            code.Append(CultureInfo.InvariantCulture, $"x = {name}_in\n");
            for (int i = 0; i < count; i++)
            {
                Add(inner.Dequeue());
            }
            outputs.Add(string.Create(CultureInfo.InvariantCulture, $"{name}_{outputs.Count + 1}"));
            code.Append(CultureInfo.InvariantCulture, $"{outputs[^1]} = x\n");
        }
        string join = block.Join == JoinKind.Add ? "Add" : "Concatenate";
        code.Append(CultureInfo.InvariantCulture, $"x = layers.{join}(name=\"{name}\")([{string.Join(", ", outputs)}])\n");
    }
}
