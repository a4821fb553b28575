using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Traces;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>Writes down how the units of a layer follow from the values they read.</summary>
internal static class TracedRules
{
    private const int MostDimensions = 2;

    /// <summary>Returns a layer's rule.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="pass">A pass through its network.</param>
    /// <param name="operation">Its operation as text; <see langword="null"/> where there is none to follow.</param>
    public static LayerRule Of(NetworkLayer layer, LayerPass pass, string? operation)
    {
        var unit = new TracedUnit(layer, pass.Module(layer), [], []);
        LayerRule rule = operation is null ? new LayerRule(LayerRuleKind.Unknown, layer.Spec.ToToken()) : Of(unit, operation);
        return rule.Kind == LayerRuleKind.Unknown || layer.Input.Count - 1 <= MostDimensions || IsPointwise(rule)
            ? rule
            : new LayerRule(LayerRuleKind.Unknown, rule.Operation);
    }

    private static LayerRule Of(TracedUnit unit, string operation)
    {
        int channels = unit.Sizes[0];
        LayerRule Rule(LayerRuleKind kind) => new(kind, operation);
        LayerRule Products() =>
            Rule(LayerRuleKind.Products) with
            {
                Weights = Floats(unit.Numbers("weight")!),
                Biases = Floats(unit.Numbers("bias") ?? []),
            };
        return unit.Layer.Spec switch
        {
            ConvSpec spec => Windowed(Products(), unit, spec.Window) with { Channels = Groups(spec, channels) },
            ConnectionTableConvSpec spec => Windowed(Products(), unit, spec.Window) with { Channels = spec.Channels },
            DenseSpec => Products() with
            {
                Kernel = unit.Sizes.Length switch
                {
                    1 => [1, 1],
                    2 => [1, unit.Sizes[1]],
                    _ => unit.Sizes[1..],
                },
            },
            PoolSpec spec => Windowed(Rule(Pooled(spec.Pooling)), unit, spec.Window),
            AdaptivePoolSpec spec => Rule(Pooled(spec.Pooling)) with { Cells = Flat(spec.Size?.Expand(unit.Sizes.Length - 1) ?? [1, 1]) },
            SubsampleSpec spec => Subsample(Products(), unit, spec.Window),
            BatchNormSpec spec => PerChannel(Rule(LayerRuleKind.Products), BatchNorm(unit, spec.Epsilon)),
            ScaleSpec spec => PerChannel(Rule(LayerRuleKind.Products), ([.. Enumerable.Repeat((float)spec.Factor, channels)], [])),
            ActivationSpec { Function: ActivationKind.Softmax } => Rule(LayerRuleKind.Softmax),
            ActivationSpec => Rule(LayerRuleKind.Function),
            FlattenSpec or DropoutSpec => Rule(LayerRuleKind.Same),
            RbfSpec => Rule(LayerRuleKind.Codes) with { Weights = Floats(unit.Numbers("codes")!) },
            BlockSpec block => Rule(block.Join == JoinKind.Add ? LayerRuleKind.Sum : LayerRuleKind.Branch),
            _ => Rule(LayerRuleKind.Unknown),
        };
    }

    /// <summary>Whether each unit reads only units of its own position, so that any number of dimensions will do.</summary>
    private static bool IsPointwise(LayerRule rule) =>
        rule.Kind is LayerRuleKind.Function or LayerRuleKind.Same or LayerRuleKind.Sum or LayerRuleKind.Branch;

    private static LayerRuleKind Pooled(PoolKind kind) => kind == PoolKind.Average ? LayerRuleKind.Mean : LayerRuleKind.Largest;

    private static LayerRule Windowed(LayerRule rule, TracedUnit unit, Window window)
    {
        int dimensions = unit.Sizes.Length - 1;
        return rule with
        {
            Kernel = Flat(window.Kernel.Expand(dimensions)),
            Stride = Flat(window.Stride.Expand(dimensions)),
            Dilation = Flat(window.Dilation.Expand(dimensions)),
            Padding = Flat([.. window.Pads(unit.Layer.Input).Select(pad => pad.Before)], none: 0),
        };
    }

    /// <summary>A window of one row is one of two dimensions.</summary>
    private static int[] Flat(int[] sizes, int none = 1) => sizes.Length == 1 ? [none, sizes[0]] : sizes;

    private static IReadOnlyList<IReadOnlyList<int>> Groups(ConvSpec spec, int channels)
    {
        int each = channels / spec.Groups,
            filters = spec.Filters / spec.Groups;
        return spec.Groups == 1
            ? []
            :
            [
                .. Enumerable
                    .Range(0, spec.Filters)
                    .Select(filter => (IReadOnlyList<int>)[.. Enumerable.Range(filter / filters * each, each)]),
            ];
    }

    /// <summary>A window of each channel by itself; all values of it have the channel's weight.</summary>
    private static LayerRule Subsample(LayerRule rule, TracedUnit unit, Window window)
    {
        int area = window.Kernel.Expand(unit.Sizes.Length - 1).Aggregate(1, (product, size) => product * size);
        return Windowed(rule, unit, window) with
        {
            Channels = Own(unit.Sizes[0]),
            Weights = [.. rule.Weights.SelectMany(weight => Enumerable.Repeat(weight, area))],
        };
    }

    private static (float[] Weights, float[] Biases) BatchNorm(TracedUnit unit, double epsilon)
    {
        double[] mean = unit.Numbers("running_mean")!,
            variance = unit.Numbers("running_var")!,
            scale = unit.Numbers("weight")!,
            shift = unit.Numbers("bias")!;
        double[] weights = [.. scale.Zip(variance, (factor, spread) => factor / Math.Sqrt(spread + epsilon))];
        return (Floats(weights), Floats([.. shift.Select((bias, c) => bias - mean[c] * weights[c])]));
    }

    private static LayerRule PerChannel(LayerRule rule, (float[] Weights, float[] Biases) numbers) =>
        rule with
        {
            Channels = Own(numbers.Weights.Length),
            Weights = numbers.Weights,
            Biases = numbers.Biases,
        };

    private static IReadOnlyList<IReadOnlyList<int>> Own(int channels) =>
        [.. Enumerable.Range(0, channels).Select(channel => (IReadOnlyList<int>)[channel])];

    private static float[] Floats(double[] numbers) => [.. numbers.Select(number => (float)number)];
}
