using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>The operators of a sequential graph, in order: each takes what the one before gives.</summary>
internal sealed class OnnxChain
{
    private const int MaxNodes = 20_000;
    private readonly List<OnnxNode> nodes = [];
    private int next;

    public OnnxChain(OnnxGraph graph)
    {
        Constants = new OnnxConstants(graph);
        OnnxValue[] inputs = [.. graph.Input.Where(input => !Constants.Has(input.Name))];
        if (inputs.Length != 1 || graph.Node.Count > MaxNodes)
        {
            throw new InvalidSettingException(
                "The model",
                string.Create(CultureInfo.InvariantCulture, $"one input and at most {MaxNodes} operators"),
                string.Create(CultureInfo.InvariantCulture, $"{inputs.Length} inputs, {graph.Node.Count} operators")
            );
        }
        Current = inputs[0].Name;
        InputShape = Sizes(inputs[0]);
        foreach (OnnxNode node in graph.Node)
        {
            Sort(node);
        }
    }

    /// <summary>Gets the constants.</summary>
    public OnnxConstants Constants { get; }

    /// <summary>Gets the shape of one sample of the input.</summary>
    public Shape InputShape { get; }

    /// <summary>Gets the name of the value that the next operator takes.</summary>
    public string Current { get; private set; }

    /// <summary>Gets a value indicating whether no operator is left.</summary>
    public bool IsAtEnd => next == nodes.Count;

    /// <summary>Returns an operator ahead without taking it, or <see langword="null"/>.</summary>
    public OnnxNode? Peek(int ahead = 0) => next + ahead < nodes.Count ? nodes[next + ahead] : null;

    /// <summary>Takes the next operator.</summary>
    /// <exception cref="InvalidSettingException">It takes another value than the one before gives.</exception>
    public OnnxNode Take()
    {
        OnnxNode node = nodes[next++];
        if (!node.Input.Contains(Current))
        {
            throw Wrong(node, $"an operator that takes '{Current}', as in a network without branches");
        }
        Current = node.Output.Count > 0 ? node.Output[0] : throw Wrong(node, "an operator with an output");
        return node;
    }

    /// <summary>Passes over operators that belong to the one taken before.</summary>
    /// <param name="count">How many.</param>
    public void Skip(int count)
    {
        next += count;
        Current = nodes[next - 1].Output[0];
    }

    /// <summary>Makes the error about an operator.</summary>
    public static InvalidSettingException Wrong(OnnxNode node, string expected) =>
        new($"Operator '{node.Name}'", expected, $"{node.OpType}({string.Join(", ", node.Input.Take(5))})");

    private void Sort(OnnxNode node)
    {
        if (
            node.OpType == "Constant"
            && node.Output.Count == 1
            && node.Attribute.FirstOrDefault(attribute => attribute.T is not null) is { } value
        )
        {
            Constants.Add(node.Output[0], value.T);
        }
        else if (node.OpType == "Identity" && node.Input.Count == 1 && node.Output.Count == 1 && Constants.Has(node.Input[0]))
        {
            Constants.Alias(node.Output[0], node.Input[0]);
        }
        else if (node.OpType != "Shape") // only reshapes back to a shape before take it
        {
            nodes.Add(node);
        }
    }

    private static Shape Sizes(OnnxValue input)
    {
        IList<OnnxShape.Types.Dimension>? sizes = input.Type?.TensorType?.Shape?.Dim;
        bool isKnown = sizes is { Count: >= 2 and <= 5 } && sizes.Skip(1).All(size => size.DimValue is > 0 and <= int.MaxValue);
        return isKnown && input.Type!.TensorType!.ElemType == OnnxBuilder.FloatType
            ? new Shape([.. sizes!.Skip(1).Select(size => (int)size.DimValue)])
            : throw new InvalidSettingException(
                $"The input '{input.Name}'",
                "32-bit floating-point numbers: samples, channels and known sizes",
                sizes is null ? null : string.Join('x', sizes.Select(size => size.HasDimValue ? $"{size.DimValue}" : "?"))
            );
    }
}
