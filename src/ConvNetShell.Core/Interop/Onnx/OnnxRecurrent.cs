using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Adds recurrent layers to a graph.</summary>
internal sealed class OnnxRecurrent(OnnxBuilder graph)
{
    public string Add(NetworkLayer layer, RecurrentSpec cell, string input)
    {
        string name = layer.Name;
        string[] suffixes = cell.Bidirectional ? [string.Empty, "_reverse"] : [string.Empty];
        // ONNX: LSTM input, output, forget, cell; GRU update, reset, new. libtorch: input, forget, cell, output; reset, update, new.
        int[] gates = cell.Cell switch
        {
            RecurrentKind.LSTM => [0, 3, 1, 2],
            RecurrentKind.GRU => [1, 0, 2],
            _ => [0],
        };
        Tensor Gates(string parameter)
        {
            Tensor[] parts = graph.State(name, parameter).chunk(gates.Length, 0);
            return cat([.. gates.Select(gate => parts[gate])], 0);
        }
        Tensor Stack(Func<string, Tensor> part) => stack([.. suffixes.Select(part)], 0);
        string steps = graph.Add(name, "Transpose", [input], ("perm", new[] { 2, 0, 1 }));
        string[] outputs = graph.AddMany(
            name,
            cell.Cell.ToString(),
            [
                steps,
                graph.Constant($"{name}.W", Stack(suffix => Gates("weight_ih" + suffix))),
                graph.Constant($"{name}.R", Stack(suffix => Gates("weight_hh" + suffix))),
                graph.Constant($"{name}.B", Stack(suffix => cat([Gates("bias_ih" + suffix), Gates("bias_hh" + suffix)], 0))),
            ],
            2,
            [
                ("hidden_size", cell.Units),
                ("direction", cell.Bidirectional ? "bidirectional" : "forward"),
                .. cell.Cell == RecurrentKind.GRU ? new (string, object)[] { ("linear_before_reset", 1) } : [],
            ]
        );
        // steps, directions, samples, units -> samples, directions x units, steps; the last states lack the steps
        string ordered = cell.Sequence
            ? graph.Add(name, "Transpose", [outputs[0]], ("perm", new[] { 2, 1, 3, 0 }))
            : graph.Add(name, "Transpose", [outputs[1]], ("perm", new[] { 1, 0, 2 }));
        long[] shape = [-1, .. layer.Output.ToArray().Select(size => (long)size)];
        return graph.Add(name, "Reshape", [ordered, graph.Integers($"{name}.shape", shape)]);
    }
}
