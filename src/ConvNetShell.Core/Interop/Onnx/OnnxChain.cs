using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>The operators of a graph or of a branch, in order: each takes what the one before gives.</summary>
internal sealed class OnnxChain
{
    private const int MaxNodes = 20_000;
    private readonly List<OnnxNode> nodes = [];
    private readonly Lazy<Dictionary<string, int>> takers;
    private int next;

    public OnnxChain(OnnxGraph graph)
    {
        takers = new Lazy<Dictionary<string, int>>(CountTakers);
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

    /// <summary>Initializes a new instance of the <see cref="OnnxChain"/> class: a branch that begins where another chain is.</summary>
    /// <param name="whole">The other chain.</param>
    /// <param name="branch">The operators of the branch, in order.</param>
    /// <param name="input">The shape of the value that it begins with.</param>
    public OnnxChain(OnnxChain whole, IReadOnlyList<OnnxNode> branch, Shape input)
    {
        takers = new Lazy<Dictionary<string, int>>(CountTakers);
        (Constants, Current, InputShape) = (whole.Constants, whole.Current, input);
        nodes.AddRange(branch);
    }

    /// <summary>Gets the constants.</summary>
    public OnnxConstants Constants { get; }

    /// <summary>Gets the shape of one sample of the input.</summary>
    public Shape InputShape { get; }

    /// <summary>Gets the name of the value that the next operator takes.</summary>
    public string Current { get; private set; }

    /// <summary>Gets the operator that was taken last, or <see langword="null"/>.</summary>
    public OnnxNode? Last => next > 0 ? nodes[next - 1] : null;

    /// <summary>Gets a value indicating whether no operator is left.</summary>
    public bool IsAtEnd => next == nodes.Count;

    /// <summary>Gets a value indicating whether two or more operators take the value that comes next.</summary>
    public bool IsFork => takers.Value.GetValueOrDefault(Current) > 1;

    /// <summary>Gets or sets where the chain is: to go back after operators that are no layer.</summary>
    public (int Next, string Current) Position
    {
        get => (next, Current);
        set => (next, Current) = value;
    }

    /// <summary>Returns whether an operator that was not taken yet takes a value.</summary>
    public bool IsWanted(string value) => nodes.Skip(next).Any(node => node.Input.Contains(value));

    /// <summary>Finds the branches that begin at the value that comes next.</summary>
    /// <exception cref="InvalidSettingException">They do not come together.</exception>
    public OnnxFork Fork() => OnnxFork.Find(nodes[next..], Current);

    /// <summary>Returns an operator ahead without taking it, or <see langword="null"/>.</summary>
    public OnnxNode? Peek(int ahead = 0) => next + ahead < nodes.Count ? nodes[next + ahead] : null;

    /// <summary>Takes the next operator.</summary>
    /// <exception cref="InvalidSettingException">It takes another value than the one before gives.</exception>
    public OnnxNode Take()
    {
        OnnxNode node = nodes[next++];
        if (!node.Input.Contains(Current))
        {
            throw Wrong(node, $"an operator that takes '{Current}', as the one before gives it");
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

    private Dictionary<string, int> CountTakers()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in nodes.SelectMany(node => node.Input.Distinct()))
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }

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
