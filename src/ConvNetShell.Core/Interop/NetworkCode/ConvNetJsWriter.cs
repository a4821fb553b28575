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
        foreach (ConvNetJsDefinition definition in ConvNetJsDefinitions.Of(network))
        {
            string settings = string.Concat(
                definition.Numbers.Select(setting => string.Create(CultureInfo.InvariantCulture, $", {setting.Name}:{setting.Value}"))
            );
            code.Append(CultureInfo.InvariantCulture, $"layer_defs.push({{type:'{definition.Type}'{settings}}});\n");
        }
        return code.Append("var net = new convnetjs.Net();\nnet.makeLayers(layer_defs);\n").ToString();
    }
}
