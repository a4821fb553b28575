using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using Google.Protobuf;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Collects the nodes and constants of a graph. Values are named after the layer that computes them.</summary>
internal sealed class OnnxBuilder(Network network)
{
    internal const int FloatType = 1,
        LongType = 7;
    private int count;

    public OnnxGraph Graph { get; } = new() { Name = network.Name };

    /// <summary>Adds a node with one output.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Integers, real numbers, or arrays of integers.</param>
    /// <returns>The output's name.</returns>
    public string Add(string layer, string operation, string[] inputs, params (string Name, object Value)[] attributes) =>
        AddMany(layer, operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public string[] AddMany(string layer, string operation, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{layer}/{operation}_{++count}");
        string[] names =
        [
            .. Enumerable.Range(0, outputs).Select(i => i == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{i}")),
        ];
        var node = new OnnxNode { Name = name, OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.AddRange(names);
        node.Attribute.AddRange(attributes.Select(pair => Attribute(pair.Name, pair.Value)));
        Graph.Node.Add(node);
        return names;
    }

    /// <summary>Adds a parameter or buffer of the network under its own name.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="parameter">The parameter's, for example weight.</param>
    /// <returns>The name in the graph.</returns>
    public string Weight(string layer, string parameter)
    {
        string name = $"{layer}.{parameter}";
        return Constant(name, State(layer, parameter));
    }

    /// <summary>Returns a parameter or buffer of the network.</summary>
    public Tensor State(string layer, string parameter) => network.State.First(tensor => tensor.Name == $"{layer}.{parameter}").Value;

    /// <summary>Adds a constant of real numbers.</summary>
    public string Constant(string name, Tensor value)
    {
        using Tensor plain = value.detach().to(ScalarType.Float32).cpu().contiguous();
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<float>(plain.data<float>().ToArray()));
        return Constant(name, FloatType, plain.shape, bytes);
    }

    /// <summary>Adds a constant of real numbers.</summary>
    public string Constant(string name, float[] values, params long[] shape) =>
        Constant(name, FloatType, shape, MemoryMarshal.AsBytes<float>(values));

    /// <summary>Adds a vector of integers.</summary>
    public string Integers(string name, params long[] values) =>
        Constant(name, LongType, [values.Length], MemoryMarshal.AsBytes<long>(values));

    private string Constant(string name, int type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        var tensor = new OnnxTensor
        {
            Name = name,
            DataType = type,
            RawData = ByteString.CopyFrom(bytes),
        };
        tensor.Dims.AddRange(shape);
        Graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Describes an input or output with any number of samples.</summary>
    public static OnnxValue Value(string name, Shape shape)
    {
        var sizes = new OnnxShape();
        sizes.Dim.Add(new OnnxShape.Types.Dimension { DimParam = "batch" });
        sizes.Dim.AddRange(shape.ToArray().Select(size => new OnnxShape.Types.Dimension { DimValue = size }));
        return new OnnxValue
        {
            Name = name,
            Type = new OnnxType
            {
                TensorType = new OnnxType.Types.Tensor { ElemType = FloatType, Shape = sizes },
            },
        };
    }

    private static OnnxAttribute Attribute(string name, object value)
    {
        var attribute = new OnnxAttribute { Name = name };
        switch (value)
        {
            case int number:
                (attribute.Type, attribute.I) = (OnnxAttribute.Types.Kind.Int, number);
                break;
            case double number:
                (attribute.Type, attribute.F) = (OnnxAttribute.Types.Kind.Float, (float)number);
                break;
            case string text:
                (attribute.Type, attribute.S) = (OnnxAttribute.Types.Kind.String, ByteString.CopyFromUtf8(text));
                break;
            case int[] numbers:
                attribute.Type = OnnxAttribute.Types.Kind.Ints;
                attribute.Ints.AddRange(numbers.Select(number => (long)number));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "not an attribute");
        }
        return attribute;
    }
}
