using System.Globalization;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Adds convolutions and poolings to a graph.</summary>
internal sealed class OnnxWindows(OnnxBuilder graph)
{
    public string Add(NetworkLayer layer, string input) =>
        layer.Spec switch
        {
            ConvSpec conv => graph.Add(
                layer.Name,
                "Conv",
                Inputs(layer, conv, input),
                [.. Window(layer), ("dilations", conv.Window.Dilation.Expand(conv.Dimensions)), ("group", conv.Groups)]
            ),
            TransposedConvSpec conv => Transposed(layer, conv, input),
            ConnectionTableConvSpec conv => Connected(layer, conv, input),
            PoolSpec pool => Pool(layer, pool.Pooling, input),
            SubsampleSpec => Subsample(layer, input),
            AdaptivePoolSpec pool => Adaptive(layer, pool, input),
            _ => throw UnsupportedLayer.In(layer, "ONNX"),
        };

    private string[] Inputs(NetworkLayer layer, FilterSpec filter, string input)
    {
        string weight = graph.Weight(layer.Name, "weight");
        return filter.Bias ? [input, weight, graph.Weight(layer.Name, "bias")] : [input, weight];
    }

    private static (string, object)[] Window(NetworkLayer layer)
    {
        Window window = layer.Spec.Window!;
        int count = layer.Input.Count - 1;
        (int Before, int After)[] pads = window.Pads(layer.Input);
        return
        [
            ("kernel_shape", window.Kernel.Expand(count)),
            ("strides", window.Stride.Expand(count)),
            ("pads", (int[])[.. pads.Select(pad => pad.Before), .. pads.Select(pad => pad.After)]),
        ];
    }

    private string Transposed(NetworkLayer layer, TransposedConvSpec conv, string input)
    {
        (int Before, int After)[] cuts = conv.Cuts();
        return graph.Add(
            layer.Name,
            "ConvTranspose",
            Inputs(layer, conv, input),
            ("kernel_shape", conv.Window.Kernel.Expand(conv.Dimensions)),
            ("strides", conv.Window.Stride.Expand(conv.Dimensions)),
            ("dilations", conv.Window.Dilation.Expand(conv.Dimensions)),
            ("pads", (int[])[.. cuts.Select(cut => cut.Before), .. cuts.Select(cut => Math.Max(0, cut.After))]),
            ("output_padding", (int[])[.. cuts.Select(cut => Math.Max(0, -cut.After))]),
            ("group", conv.Groups)
        );
    }

    // a dense filter bank with zeros where there is no connection
    private string Connected(NetworkLayer layer, ConnectionTableConvSpec conv, string input)
    {
        int[] kernel = conv.Window.Kernel.Expand(2);
        Tensor given = graph.State(layer.Name, "weight"),
            dense = zeros([(long)conv.Channels.Count * layer.Input.Channels, kernel[0] * kernel[1]], given.dtype, given.device);
        long row = 0;
        for (int filter = 0; filter < conv.Channels.Count; filter++)
        {
            foreach (int channel in conv.Channels[filter])
            {
                dense[(long)filter * layer.Input.Channels + channel].copy_(given[row++]);
            }
        }
        string weight = graph.Constant(
            $"{layer.Name}.weight",
            dense.reshape(conv.Channels.Count, layer.Input.Channels, kernel[0], kernel[1])
        );
        return graph.Add(layer.Name, "Conv", [input, weight, graph.Weight(layer.Name, "bias")], Window(layer));
    }

    private string Pool(NetworkLayer layer, PoolKind kind, string input) =>
        kind == PoolKind.Max
            ? graph.Add(layer.Name, "MaxPool", [input], Window(layer))
            : graph.Add(layer.Name, "AveragePool", [input], [.. Window(layer), ("count_include_pad", 1)]);

    private string Subsample(NetworkLayer layer, string input)
    {
        int count = layer.Input.Count - 1;
        long[] shape = [1, layer.Input.Channels, .. Enumerable.Repeat(1L, count)];
        double area = Math.Pow(layer.Spec.Window!.Kernel[0], count);
        string mean = Pool(layer, PoolKind.Average, input),
            weight = graph.Constant($"{layer.Name}.weight", graph.State(layer.Name, "weight").Times(area).reshape(shape)),
            bias = graph.Constant($"{layer.Name}.bias", graph.State(layer.Name, "bias").reshape(shape));
        return graph.Add(layer.Name, "Add", [graph.Add(layer.Name, "Mul", [mean, weight]), bias]);
    }

    private string Adaptive(NetworkLayer layer, AdaptivePoolSpec pool, string input)
    {
        bool isMax = pool.Pooling == PoolKind.Max;
        if (pool.Size is null)
        {
            string pooled = graph.Add(layer.Name, isMax ? "GlobalMaxPool" : "GlobalAveragePool", [input]);
            return graph.Add(layer.Name, "Flatten", [pooled], ("axis", 1));
        }
        int[] from = layer.Input.ToArray()[1..],
            to = pool.Size.Expand(from.Length);
        if (from.Zip(to).All(pair => pair.First % pair.Second == 0))
        {
            int[] kernel = [.. from.Zip(to, (size, output) => size / output)];
            return graph.Add(layer.Name, isMax ? "MaxPool" : "AveragePool", [input], ("kernel_shape", kernel), ("strides", kernel));
        }
        string value = input;
        for (int d = 0; d < from.Length; d++)
        {
            value = Divide(layer.Name, isMax ? "ReduceMax" : "ReduceMean", value, d + 2, from[d], to[d]);
        }
        return value;
    }

    // windows of different sizes: a slice for each
    private string Divide(string name, string reduce, string input, int axis, int size, int outputs)
    {
        var parts = new List<string>();
        string axes = graph.Integers(string.Create(CultureInfo.InvariantCulture, $"{name}.axis{axis}"), axis);
        for (int i = 0; i < outputs; i++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"{name}.{axis}_{i}");
            long start = (long)i * size / outputs,
                end = ((long)(i + 1) * size + outputs - 1) / outputs;
            string part = graph.Add(
                name,
                "Slice",
                [input, graph.Integers($"{prefix}_start", start), graph.Integers($"{prefix}_end", end), axes]
            );
            parts.Add(graph.Add(name, reduce, [part], ("axes", new[] { axis }), ("keepdims", 1)));
        }
        return graph.Add(name, "Concat", [.. parts], ("axis", axis));
    }
}
