using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Recurrent;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Reads recurrent layers in the form that Export-Network writes: transpose, cell, transpose, reshape.</summary>
/// <param name="chain">The operators.</param>
internal sealed class OnnxRecurrentReader(OnnxChain chain)
{
    /// <summary>Reads the layer, or returns <see langword="null"/> and takes no operator.</summary>
    public ImportedLayer? Read()
    {
        if (
            chain.Peek(1) is not { OpType: "RNN" or "GRU" or "LSTM", Input.Count: 4, Output.Count: 2 } cell
            || chain.Peek(2) is not { OpType: "Transpose", Input.Count: 1 } order
            || chain.Peek(3) is not { OpType: "Reshape", Output.Count: > 0 }
        )
        {
            return null;
        }
        RecurrentKind kind = Enum.Parse<RecurrentKind>(cell.OpType);
        if (kind == RecurrentKind.GRU)
        {
            cell.Require("linear_before_reset", 0, 1);
        }
        string direction = cell.Text("direction", "forward");
        bool both = direction == "bidirectional";
        int units = checked((int)cell.Integer("hidden_size", 0));
        var spec = new RecurrentSpec(kind, units, order.Input[0] == cell.Output[0], both);
        int[] shape = chain.Constants.Shape(cell.Input[1]);
        if (direction is not ("forward" or "bidirectional") || shape is not [1 or 2, > 0, > 0] || shape[0] != (both ? 2 : 1))
        {
            throw OnnxChain.Wrong(cell, "a forward or bidirectional cell with constant weights");
        }
        chain.Take();
        chain.Skip(3);
        return new ImportedLayer(spec, [.. Enumerable.Range(0, shape[0]).SelectMany(index => Direction(cell, spec, index))]);
    }

    private IEnumerable<(string, Tensor)> Direction(OnnxNode cell, RecurrentSpec spec, int index)
    {
        string suffix = index == 0 ? string.Empty : "_reverse";
        Tensor bias = Part(cell, 3, index, 2 * spec.Gates * spec.Units);
        Tensor[] biases = bias.chunk(2, 0);
        yield return ("weight_ih" + suffix, Gates(spec, Part(cell, 1, index, spec.Gates * spec.Units)));
        yield return ("weight_hh" + suffix, Gates(spec, Part(cell, 2, index, spec.Gates * spec.Units)));
        yield return ("bias_ih" + suffix, Gates(spec, biases[0]));
        yield return ("bias_hh" + suffix, Gates(spec, biases[1]));
    }

    private Tensor Part(OnnxNode cell, int input, int index, int rows)
    {
        Tensor all = chain.Constants.Real(cell.Input[input]);
        return all.dim() >= 2 && all.shape[0] > index && all.shape[1] == rows
            ? all[index]
            : throw OnnxChain.Wrong(cell, $"weights with {rows} rows");
    }

    // the order of ONNX to libtorch's
    private static Tensor Gates(RecurrentSpec spec, Tensor rows)
    {
        int[] order = spec.Cell switch
        {
            RecurrentKind.LSTM => [0, 2, 3, 1],
            RecurrentKind.GRU => [1, 0, 2],
            _ => [0],
        };
        Tensor[] parts = rows.chunk(order.Length, 0);
        return cat([.. order.Select(gate => parts[gate])], 0);
    }
}
