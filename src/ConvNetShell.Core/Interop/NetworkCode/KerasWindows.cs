using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using static ConvNetShell.Core.Interop.NetworkCode.KerasLayers;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Translates convolutions and poolings to the layers of Keras 3.</summary>
internal static class KerasWindows
{
    public static IEnumerable<string> Of(NetworkLayer layer, string dimensions) =>
        layer.Spec switch
        {
            ConvSpec conv => Convolution(layer, conv, dimensions),
            TransposedConvSpec conv => Transposed(layer, conv, dimensions),
            PoolSpec pool => Pooling(layer, pool, dimensions),
            AdaptivePoolSpec pool => [Adaptive(layer, pool, dimensions)],
            _ => throw UnsupportedLayer.In(layer, Target),
        };

    private static IEnumerable<string> Convolution(NetworkLayer layer, ConvSpec conv, string dimensions)
    {
        if (!conv.Window.Stride.Equals(1) && !conv.Window.Dilation.Equals(1))
        {
            throw UnsupportedLayer.In(layer, Target, "a convolution with a stride or dilation, not both");
        }
        bool same = conv.Window.Padding.Mode == PaddingMode.Same;
        if (!same && conv.Window.Pads(layer.Input) is var pads && pads.Any(pad => pad != (0, 0)))
        {
            yield return ZeroPadding(layer, pads, dimensions);
        }
        yield return Call(
            layer,
            "Conv" + dimensions,
            [.. Filters(conv, same), .. conv.Groups > 1 ? [$"groups={Number(conv.Groups)}"] : Array.Empty<string>()]
        );
    }

    private static IEnumerable<string> Transposed(NetworkLayer layer, TransposedConvSpec conv, string dimensions)
    {
        bool same = conv.Window.Padding.Mode == PaddingMode.Same;
        (int Before, int After)[] cuts = conv.Cuts();
        bool fits = Enumerable.Range(0, conv.Dimensions).All(d => conv.Window.Span(d) >= conv.Window.Stride[d]);
        if (conv.Groups > 1 || !fits || (!same && cuts.Any(cut => cut.After < 0)))
        {
            throw UnsupportedLayer.In(
                layer,
                Target,
                "a transposed convolution without groups and output padding, and a kernel of at least the stride"
            );
        }
        yield return Call(layer, "Conv" + dimensions + "Transpose", [.. Filters(conv, same)]);
        if (!same && cuts.Any(cut => cut != (0, 0)))
        {
            yield return Call(layer, "_cut", "Cropping" + dimensions, [Pairs(cuts)]);
        }
    }

    private static IEnumerable<string> Filters(FilterSpec filter, bool same)
    {
        yield return Number(filter.Filters);
        yield return Size(filter.Window.Kernel, filter.Dimensions);
        if (!filter.Window.Stride.Equals(1))
        {
            yield return $"strides={Size(filter.Window.Stride, filter.Dimensions)}";
        }
        if (same)
        {
            yield return "padding=\"same\"";
        }
        if (!filter.Window.Dilation.Equals(1))
        {
            yield return $"dilation_rate={Size(filter.Window.Dilation, filter.Dimensions)}";
        }
        if (!filter.Bias)
        {
            yield return "use_bias=False";
        }
    }

    private static IEnumerable<string> Pooling(NetworkLayer layer, PoolSpec pool, string dimensions)
    {
        bool isMax = pool.Pooling == PoolKind.Max;
        (int Before, int After)[] pads = pool.Window.Pads(layer.Input);
        bool padded = pads.Any(pad => pad != (0, 0)),
            same = isMax && pool.Window.Padding.Mode == PaddingMode.Same;
        int count = pads.Length;
        if (padded && !isMax)
        {
            yield return ZeroPadding(layer, pads, dimensions);
        }
        else if (padded && !same)
        {
            yield return Call(
                layer,
                "_pad",
                "Lambda",
                [
                    $"lambda t: keras.ops.pad(t, ((0, 0), {string.Concat(pads.Select(pad => Pair(pad) + ", "))}(0, 0)), "
                        + "constant_values=float(\"-inf\"))",
                ]
            );
        }
        yield return Call(
            layer,
            (isMax ? "MaxPooling" : "AveragePooling") + dimensions,
            [
                Size(pool.Window.Kernel, count),
                .. pool.Window.Stride.Equals(pool.Window.Kernel) ? Array.Empty<string>() : [$"strides={Size(pool.Window.Stride, count)}"],
                .. same ? ["padding=\"same\""] : Array.Empty<string>(),
            ]
        );
    }

    private static string Adaptive(NetworkLayer layer, AdaptivePoolSpec pool, string dimensions)
    {
        string kind = pool.Pooling == PoolKind.Max ? "Max" : "Average";
        if (pool.Size is null)
        {
            return Call(layer, $"Global{kind}Pooling{dimensions}");
        }
        int count = layer.Input.Count - 1;
        int[] input = layer.Input.ToArray()[1..],
            output = pool.Size.Expand(count);
        return input.Zip(output).All(pair => pair.First % pair.Second == 0)
            ? Call(layer, $"{kind}Pooling{dimensions}", Size(new SpatialSize([.. input.Zip(output, (from, to) => from / to)]), count))
            : throw UnsupportedLayer.In(layer, Target, "an adaptive pooling to a size that divides the input's");
    }

    private static string ZeroPadding(NetworkLayer layer, (int Before, int After)[] pads, string dimensions) =>
        Call(layer, "_pad", "ZeroPadding" + dimensions, [Pairs(pads)]);

    private static string Pairs((int Before, int After)[] pads) =>
        pads.Length == 1 ? Pair(pads[0]) : $"({string.Join(", ", pads.Select(Pair))})";

    private static string Pair((int Before, int After) pad) => $"({Number(pad.Before)}, {Number(pad.After)})";

    private static string Size(SpatialSize size, int dimensions) =>
        size.Count == 1 ? Number(size[0]) : $"({string.Join(", ", size.Expand(dimensions).Select(length => Number(length)))})";
}
