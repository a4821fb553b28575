using System.Globalization;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as C# code for TorchSharp. The parameters have this module's names, for example conv1.weight.</summary>
internal static class TorchSharpWriter
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["Linear.bias"] = "hasBias" };

    public static string Write(Network network)
    {
        IReadOnlyList<TorchModule> modules = new TorchModules("TorchSharp").Of(network.Layers);
        string[] types = [.. All(modules).Select(module => module.Type).Distinct()];
        var code = new StringBuilder(
            $$"""
            // {{CodeText.Comment(network)}}
            // Input: N x {{network.InputShape}}, channels first
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            public static class {{CodeText.Identifier(network.Name)}}Model
            {
                public static TorchSharp.Modules.Sequential Create() => Sequential(
            {{Entries(modules, "        ")}});
            }

            """
        );
        foreach (string helper in TorchSharpClasses.All.Where(helper => types.Contains(helper.Key)).Select(helper => helper.Value))
        {
            code.Append('\n').Append(helper).Append('\n');
        }
        return code.ToString();
    }

    private static string Entries(IReadOnlyList<TorchModule> modules, string indent) =>
        string.Join(
            ",\n",
            modules.Select(module =>
                $"{indent}({Text(CodeText.Identifier(module.Name))}, (nn.Module<Tensor, Tensor>){Call(module, indent)})"
            )
        );

    private static string Call(TorchModule module, string indent)
    {
        string type = TorchSharpClasses.All.ContainsKey(module.Type) ? $"new {module.Type}" : module.Type;
        // these two take a list and no tuple
        bool lists = module.Type is "AdaptiveMaxPool2d" or "AdaptiveMaxPool3d" or "ChannelPad";
        IEnumerable<string> arguments = module.Arguments.Select(argument =>
            (argument.Name is null ? string.Empty : Names.GetValueOrDefault($"{module.Type}.{argument.Name}", argument.Name) + ": ")
            + Value(argument.Value, lists)
        );
        IEnumerable<string> branches = module.Branches.Select(branch =>
            branch.Count == 0
                ? "new (string, nn.Module<Tensor, Tensor>)[0]"
                : $"new (string, nn.Module<Tensor, Tensor>)[]\n{indent}{{\n{Entries(branch, indent + "    ")}\n{indent}}}"
        );
        return $"{type}({string.Join(", ", arguments.Concat(branches))})";
    }

    private static IEnumerable<TorchModule> All(IEnumerable<TorchModule> modules) =>
        modules.SelectMany(module => All(module.Branches.SelectMany(branch => branch)).Prepend(module));

    private static string Value(object value, bool lists) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            int[] sizes when lists => $"new long[] {{ {string.Join(", ", sizes)} }}",
            int[] sizes => $"({string.Join(", ", sizes)})",
            string text => Text(text),
            double.NegativeInfinity => "double.NegativeInfinity",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not an argument"),
        };

    // a JSON string is a C# string
    private static string Text(string text) => JsonSerializer.Serialize(text);
}
