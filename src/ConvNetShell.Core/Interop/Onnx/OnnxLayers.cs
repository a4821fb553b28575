using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Adds the operators of layers to a graph.</summary>
internal sealed class OnnxLayers(OnnxBuilder graph)
{
    private readonly OnnxWindows windows = new(graph);
    private readonly OnnxNormalizations normalizations = new(graph);
    private readonly OnnxRecurrent recurrent = new(graph);

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The name of its input.</param>
    /// <returns>The name of its output.</returns>
    public string Add(NetworkLayer layer, string input) =>
        layer.Spec switch
        {
            ConvSpec or TransposedConvSpec or ConnectionTableConvSpec or PoolSpec or SubsampleSpec or AdaptivePoolSpec => windows.Add(
                layer,
                input
            ),
            BatchNormSpec or LayerNormSpec or GroupNormSpec or LocalResponseSpec => normalizations.Add(layer, input),
            RecurrentSpec cell => recurrent.Add(layer, cell, input),
            BlockSpec block => Block(layer, block, input),
            ChannelPadSpec skip => ChannelPad(layer, skip, input),
            StreamSpec stream => Stream(layer, stream, input),
            DenseSpec dense => Dense(layer, dense, input),
            RbfSpec => Codes(layer, input),
            FlattenSpec => graph.Add(layer.Name, "Flatten", [input], ("axis", 1)),
            ActivationSpec activation => Activation(layer.Name, activation.Function, input),
            // without training it is the identity
            DropoutSpec dropout => graph.Add(layer.Name, "Dropout", [input, graph.Constant($"{layer.Name}.ratio", [(float)dropout.Rate])]),
            MaxoutSpec maxout => Maxout(layer, maxout.GroupSize, input),
            ScaleSpec scale => Multiply(layer.Name, "factor", input, scale.Factor),
            _ => throw UnsupportedLayer.In(layer, "ONNX"),
        };

    private string Dense(NetworkLayer layer, DenseSpec dense, string input)
    {
        string flat = layer.Input.Count == 1 ? input : graph.Add(layer.Name, "Flatten", [input], ("axis", 1));
        string weight = graph.Weight(layer.Name, "weight");
        return graph.Add(layer.Name, "Gemm", dense.Bias ? [flat, weight, graph.Weight(layer.Name, "bias")] : [flat, weight], ("transB", 1));
    }

    // x w - (|x|^2 + |w|^2) / 2
    private string Codes(NetworkLayer layer, string input)
    {
        TorchSharp.torch.Tensor codes = graph.State(layer.Name, "codes");
        string weight = graph.Constant($"{layer.Name}.codes", codes),
            half = graph.Constant($"{layer.Name}.sizes", codes.Squared().sum(1).Times(-0.5));
        string product = graph.Add(layer.Name, "Gemm", [input, weight, half], ("transB", 1));
        string squares = graph.Add(layer.Name, "Mul", [input, input]);
        string size = graph.Add(layer.Name, "ReduceSum", [squares, graph.Integers($"{layer.Name}.axes", 1)], ("keepdims", 1));
        return graph.Add(layer.Name, "Sub", [product, Multiply(layer.Name, "half", size, 0.5)]);
    }

    private string Activation(string name, ActivationKind function, string input)
    {
        switch (function)
        {
            case ActivationKind.ReLU:
                return graph.Add(name, "Relu", [input]);
            case ActivationKind.LeakyReLU:
                return graph.Add(name, "LeakyRelu", [input], ("alpha", 0.01));
            case ActivationKind.ScaledTanh:
                string bent = graph.Add(name, "Tanh", [Multiply(name, "in", input, 2.0 / 3)]);
                return Multiply(name, "out", bent, 1.7159);
            case ActivationKind.GELU:
                string error = graph.Add(name, "Erf", [Multiply(name, "root", input, Math.Sqrt(0.5))]);
                string risen = graph.Add(name, "Add", [error, graph.Constant($"{name}.one", [1])]);
                return Multiply(name, "half", graph.Add(name, "Mul", [input, risen]), 0.5);
            case ActivationKind.Softmax:
                return graph.Add(name, "Softmax", [input], ("axis", 1));
            default:
                return graph.Add(name, function.ToString(), [input]); // Sigmoid and Tanh
        }
    }

    private string Multiply(string layer, string constant, string input, double factor) =>
        graph.Add(layer, "Mul", [input, graph.Constant($"{layer}.{constant}", [(float)factor])]);

    private string Maxout(NetworkLayer layer, int size, string input)
    {
        long[] groups = [0, layer.Output.Channels, size, .. layer.Input.ToArray()[1..].Select(length => (long)length)];
        string grouped = graph.Add(layer.Name, "Reshape", [input, graph.Integers($"{layer.Name}.groups", groups)]);
        return graph.Add(layer.Name, "ReduceMax", [grouped], ("axes", new[] { 2 }), ("keepdims", 0));
    }

    private string Block(NetworkLayer layer, BlockSpec block, string input)
    {
        var inner = new Queue<NetworkLayer>(layer.Inner);
        var outputs = new List<string>();
        foreach (int count in block.Branches(layer.Input).Select(branch => branch.Count))
        {
            string value = input;
            for (int i = 0; i < count; i++)
            {
                value = Add(inner.Dequeue(), value);
            }
            outputs.Add(value);
        }
        return block.Join == JoinKind.Concatenate
            ? graph.Add(layer.Name, "Concat", [.. outputs], ("axis", 1))
            : outputs.Aggregate((sum, output) => graph.Add(layer.Name, "Add", [sum, output]));
    }

    private string ChannelPad(NetworkLayer layer, ChannelPadSpec skip, string input)
    {
        int count = layer.Input.Count - 1;
        long[] zeros = [.. Enumerable.Repeat(0L, count)];
        long missing = skip.Channels - layer.Input.Channels;
        string strided = graph.Add(
            layer.Name,
            "Slice",
            [
                input,
                graph.Integers($"{layer.Name}.starts", zeros),
                graph.Integers($"{layer.Name}.ends", [.. layer.Input.ToArray()[1..].Select(size => (long)size)]),
                graph.Integers($"{layer.Name}.axes", [.. Enumerable.Range(2, count).Select(axis => (long)axis)]),
                graph.Integers($"{layer.Name}.steps", [.. skip.Stride.Expand(count).Select(step => (long)step)]),
            ]
        );
        long[] pads = [0, missing / 2, .. zeros, 0, missing - missing / 2, .. zeros];
        return graph.Add(layer.Name, "Pad", [strided, graph.Integers($"{layer.Name}.pads", pads)]);
    }

    // rows of each frame; the sound's are put one after the other
    private string Stream(NetworkLayer layer, StreamSpec stream, string input)
    {
        long first = stream.Stream == StreamKind.Picture ? 0 : layer.Input[2] - stream.Rows;
        string rows = graph.Add(
            layer.Name,
            "Slice",
            [
                input,
                graph.Integers($"{layer.Name}.starts", first),
                graph.Integers($"{layer.Name}.ends", first + stream.Rows),
                graph.Integers($"{layer.Name}.axes", 3),
            ]
        );
        return stream.Stream == StreamKind.Picture
            ? rows
            : graph.Add(layer.Name, "Reshape", [rows, graph.Integers($"{layer.Name}.sequence", 0, layer.Output.Channels, layer.Output[1])]);
    }
}
