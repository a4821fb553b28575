using System.Globalization;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Writes a network as Python code for PyTorch. The parameters have this module's names, for example conv1.weight.</summary>
internal static class PyTorchWriter
{
    public static string Write(Network network)
    {
        IReadOnlyList<TorchModule> modules = new TorchModules("PyTorch").Of(network.Layers);
        string[] types = [.. All(modules).Select(module => module.Type).Distinct()];
        var code = new StringBuilder(
            $"""
            # {CodeText.Comment(network)}
            # Input: N x {network.InputShape}, channels first
            from collections import OrderedDict

            import torch
            from torch import nn


            """
        );
        foreach (string helper in PyTorchClasses.All.Where(helper => types.Contains(helper.Key)).Select(helper => helper.Value))
        {
            code.Append('\n').Append(helper).Append("\n\n");
        }
        return code.Append("\nmodel = ").Append(Sequential(modules, string.Empty)).Append('\n').ToString();
    }

    private static string Sequential(IReadOnlyList<TorchModule> modules, string indent) =>
        $"nn.Sequential(OrderedDict([\n{Entries(modules, indent + "    ")}{indent}]))";

    private static string Entries(IReadOnlyList<TorchModule> modules, string indent) =>
        string.Concat(modules.Select(module => $"{indent}({Text(CodeText.Identifier(module.Name))}, {Call(module, indent)}),\n"));

    private static string Call(TorchModule module, string indent)
    {
        string type = PyTorchClasses.All.ContainsKey(module.Type) ? module.Type : "nn." + module.Type;
        IEnumerable<string> arguments = module.Arguments.Select(argument =>
            (argument.Name is null ? string.Empty : argument.Name + "=") + Value(argument.Value)
        );
        IEnumerable<string> branches = module.Branches.Select(branch =>
            branch.Count == 0 ? "[]" : $"[\n{Entries(branch, indent + "    ")}{indent}]"
        );
        return $"{type}({string.Join(", ", arguments.Concat(branches))})";
    }

    private static IEnumerable<TorchModule> All(IEnumerable<TorchModule> modules) =>
        modules.SelectMany(module => All(module.Branches.SelectMany(branch => branch)).Prepend(module));

    private static string Value(object value) =>
        value switch
        {
            bool flag => flag ? "True" : "False",
            int[] { Length: 1 } sizes => $"({sizes[0]},)",
            int[] sizes => $"({string.Join(", ", sizes)})",
            string text => Text(text),
            double.NegativeInfinity => "float(\"-inf\")",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "not an argument"),
        };

    // a JSON string is a Python string
    private static string Text(string text) => JsonSerializer.Serialize(text);
}
