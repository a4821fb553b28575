using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>Translates Keras' convolutions, poolings and paddings; a padding goes into the layer after it.</summary>
internal sealed class KerasWindowReader
{
    private (KerasLayer Layer, int[] Before, int[] After)? pending;
    private LayerSpec? last;

    /// <summary>Returns the layers, or <see langword="null"/> where the class is none of these.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shape">The shape that goes in.</param>
    public IReadOnlyList<KerasPart>? Of(KerasLayer layer, Shape shape)
    {
        string kind = layer.Class;
        int dimensions = shape.Count - 1;
        if (kind.Length < 3 || kind[^1] is not ('D' or 'e') || dimensions is < 1 or > 3)
        {
            return null;
        }
        string stem = kind.Replace($"{dimensions}D", string.Empty, StringComparison.Ordinal);
        return stem switch
        {
            "Conv" => [Convolution(layer, dimensions)],
            "ConvTranspose" => [Transposed(layer, dimensions)],
            "DepthwiseConv" => [Depthwise(layer, shape, layer.Variables, layer.Settings.Flag("use_bias", standard: true))],
            "SeparableConv" => Separable(layer, shape),
            "MaxPooling" or "AveragePooling" => [Pooling(layer, shape, stem == "MaxPooling" ? PoolKind.Max : PoolKind.Average)],
            "GlobalMaxPooling" or "GlobalAveragePooling" =>
            [
                new KerasPart(
                    new AdaptivePoolSpec(
                        stem == "GlobalMaxPooling" ? PoolKind.Max : PoolKind.Average,
                        layer.Settings.Flag("keepdims", standard: false) ? 1 : null
                    )
                ),
            ],
            "ZeroPadding" => Pad(layer, dimensions),
            _ => null,
        };
    }

    /// <summary>Returns a dense layer on the channels of each position.</summary>
    public static KerasPart Pointwise(KerasLayer layer, int units, bool hasBias, int dimensions)
    {
        // its matrix is a kernel of one position
        Storage.TensorEntry[] variables =
        [
            .. layer.Variables.Select(entry =>
                entry.Shape.Count == 2 ? entry with { Shape = [.. Enumerable.Repeat(1L, dimensions), .. entry.Shape] } : entry
            ),
        ];
        return new KerasPart(new ConvSpec(units, new Window(1, 1, Padding.Same), bias: hasBias, dimensions: dimensions), variables);
    }

    /// <summary>Takes notice of a layer that was read; a padding before it must have gone into it.</summary>
    public void Added(KerasLayer layer, KerasPart part)
    {
        RequireNone(layer);
        last = part.Spec;
    }

    /// <summary>Passes where no padding waits for a layer.</summary>
    public void RequireNone(KerasLayer? layer = null)
    {
        if (pending is { } waiting)
        {
            throw waiting.Layer.Settings.Wrong("padding", "a convolution or pooling without a padding of its own after it", layer);
        }
    }

    private KerasPart Convolution(KerasLayer layer, int dimensions)
    {
        KerasSettings settings = layer.Settings;
        var spec = new ConvSpec(
            settings.Integer("filters"),
            Window(layer, settings.Sizes("kernel_size", dimensions), dimensions),
            settings.Integer("groups", 1),
            settings.Flag("use_bias", standard: true),
            dimensions
        );
        return new KerasPart(spec, layer.Variables);
    }

    private KerasPart Transposed(KerasLayer layer, int dimensions)
    {
        KerasSettings settings = layer.Settings;
        if (settings.Find("output_padding") is { } extra)
        {
            throw settings.Wrong("output_padding", "left out", extra);
        }
        Window window = Window(layer, settings.Sizes("kernel_size", dimensions), dimensions);
        for (int d = 0; d < dimensions; d++)
        {
            if (window.Span(d) < window.Stride[d])
            {
                throw settings.Wrong("kernel_size", "at least the strides", window.Kernel.ToString());
            }
        }
        bool hasBias = settings.Flag("use_bias", standard: true);
        return new KerasPart(new TransposedConvSpec(settings.Integer("filters"), window, 1, hasBias, dimensions), layer.Variables);
    }

    private KerasPart Depthwise(KerasLayer layer, Shape shape, IReadOnlyList<Storage.TensorEntry> variables, bool hasBias)
    {
        int dimensions = shape.Count - 1,
            filters = checked(shape.Channels * layer.Settings.Integer("depth_multiplier", 1));
        Window window = Window(layer, layer.Settings.Sizes("kernel_size", dimensions), dimensions);
        return new KerasPart(new ConvSpec(filters, window, shape.Channels, hasBias, dimensions), variables);
    }

    private KerasPart[] Separable(KerasLayer layer, Shape shape)
    {
        bool hasBias = layer.Settings.Flag("use_bias", standard: true);
        KerasPart first = Depthwise(layer, shape, [.. layer.Variables.Take(1)], hasBias: false);
        var second = new ConvSpec(
            layer.Settings.Integer("filters"),
            new Window(1, 1, Padding.Same),
            bias: hasBias,
            dimensions: shape.Count - 1
        );
        return [first, new KerasPart(second, [.. layer.Variables.Skip(1)])];
    }

    private KerasPart Pooling(KerasLayer layer, Shape shape, PoolKind kind)
    {
        int dimensions = shape.Count - 1;
        // zeros and no padding have the same maximum where no value is below zero
        if (
            kind == PoolKind.Max
            && pending is { } padding
            && last is not ActivationSpec { Function: ActivationKind.ReLU or ActivationKind.Sigmoid }
        )
        {
            throw padding.Layer.Settings.Wrong("padding", "a ReLU before it where a max pooling follows", layer);
        }
        int[] size = layer.Settings.Sizes("pool_size", dimensions, [.. Enumerable.Repeat(2, dimensions)]);
        Window window = Window(layer, size, dimensions, size);
        bool isCounted =
            kind == PoolKind.Average && window.Padding.Mode == PaddingMode.Same && window.Pads(shape).Any(pad => pad != (0, 0));
        return isCounted
            ? throw layer.Settings.Wrong("padding", "'valid', as averages here count the padding", "same")
            : new KerasPart(new PoolSpec(kind, window));
    }

    private IReadOnlyList<KerasPart> Pad(KerasLayer layer, int dimensions)
    {
        RequireNone(layer);
        double[] sides = layer.Settings.Reals("padding");
        // 1; (1, 2) for each dimension, of one dimension before and after; ((1, 2), (3, 4))
        int[] all =
        [
            .. sides.Select(side => side is >= 0 and < int.MaxValue ? (int)side : throw layer.Settings.Wrong("padding", "0 or more", side)),
        ];
        (int[] before, int[] after) =
            all.Length == 1 ? (Repeat(all[0]), Repeat(all[0]))
            : all.Length == 2 * dimensions ? (Every(0), Every(1))
            : all.Length == dimensions ? (all, all)
            : throw layer.Settings.Wrong("padding", "one number, or one or two for each dimension", layer.Settings.Find("padding"));
        pending = (layer, before, after);
        return [];

        int[] Repeat(int side) => [.. Enumerable.Repeat(side, dimensions)];
        int[] Every(int first) => [.. all.Where((_, i) => i % 2 == first)];
    }

    private Window Window(KerasLayer layer, int[] kernel, int dimensions, int[]? strides = null)
    {
        KerasSettings settings = layer.Settings;
        int[] ones = [.. Enumerable.Repeat(1, dimensions)];
        var window = new Window(
            new SpatialSize(kernel),
            new SpatialSize(settings.Sizes("strides", dimensions, strides ?? ones)),
            Padding.Valid
        )
        {
            Dilation = new SpatialSize(settings.Sizes("dilation_rate", dimensions, ones)),
        };
        string padding = settings.Text("padding", "valid");
        if (pending is { } waiting)
        {
            pending = null;
            return padding == "valid" && waiting.Before.Length == dimensions
                ? window with
                {
                    Padding = Padding.Of(new SpatialSize(waiting.Before), new SpatialSize(waiting.After)),
                }
                : throw waiting.Layer.Settings.Wrong("padding", "a layer with padding 'valid' after it", layer);
        }
        return padding switch
        {
            "valid" => window,
            "same" => window with { Padding = Padding.Same },
            "causal" when dimensions == 1 => window with { Padding = Padding.Of(window.Validate(1).Span(0) - 1, 0) },
            _ => throw settings.Wrong("padding", "valid or same", padding),
        };
    }
}
