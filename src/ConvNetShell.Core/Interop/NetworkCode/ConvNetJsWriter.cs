using System.Globalization;
using System.Text;
using ConvNetShell.Core.Interop.ConvNetJS;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as JavaScript for ConvNetJS: its layer_defs, and the lines that make the network.</summary>
internal static class ConvNetJsWriter
{
    public static string Write(Network network)
    {
        var code = new StringBuilder(
            $"""
            // {CodeText.Comment(network)}
            // Input: new convnetjs.Vol(width, height, depth)
            var layer_defs = [];

            """
        );
        IReadOnlyList<ConvNetJsDefinition> definitions = ConvNetJsDefinitions.Of(network);
        for (int i = 0; i < definitions.Count; i++)
        {
            string settings = string.Concat(
                definitions[i].Numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $", {number.Name}:{number.Value}"))
            );
            // ConvNetJS' pages write an activation with the layer before it
            bool hasActivation =
                definitions[i].Type is "conv" or "fc"
                && i + 1 < definitions.Count
                && definitions[i + 1].Type is "relu" or "sigmoid" or "tanh";
            string activation = hasActivation ? $", activation:'{definitions[i + 1].Type}'" : string.Empty;
            code.Append(CultureInfo.InvariantCulture, $"layer_defs.push({{type:'{definitions[i].Type}'{settings}{activation}}});\n");
            i += hasActivation ? 1 : 0;
        }
        return code.Append("var net = new convnetjs.Net();\nnet.makeLayers(layer_defs);\n").ToString();
    }
}
