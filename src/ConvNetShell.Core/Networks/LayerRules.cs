using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Networks;

/// <summary>The rules for a layer whose shapes fit.</summary>
internal static class LayerRules
{
    /// <summary>Returns the issue of one layer, or <see langword="null"/>.</summary>
    public static IEnumerable<NetworkIssue> Check(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer) =>
        new[]
        {
            DroppedPixels(layer),
            BiasBeforeNorm(layers, layer),
            StackedLinear(layers, layer),
            EarlySoftmax(layers, layer),
        }.OfType<NetworkIssue>();

    private static NetworkIssue? DroppedPixels(InspectedLayer layer)
    {
        if (layer.Spec.Window is not Window window || layer.Input is not Shape input || layer.Output is null)
        {
            return null;
        }
        if (layer.Spec is TransposedConvSpec or ChannelPadSpec)
        {
            return null; // a transposed convolution uses every value; a dilated one skips values on purpose
        }
        int[] dropped = window.Dropped(input),
            sizes = input.Spatial.ToArray();
        int all = sizes.Aggregate(1, (product, size) => product * size);
        int lost = all - sizes.Zip(dropped, (size, missed) => size - missed).Aggregate(1, (product, size) => product * size);
        return lost == 0
            ? null
            : new NetworkIssue(
                IssueSeverity.Warning,
                "Window.DropsPixels",
                layer.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A window of {window.Kernel.ToString(sizes.Length)} in steps of {window.Stride.ToString(sizes.Length)} "
                        + $"leaves out {Lost(dropped, sizes)}: {lost} of {all} {(sizes.Length == 1 ? "values" : "pixels")} are never seen."
                ),
                "Choose a size, stride or padding that fits the input, or padding Same."
            );
    }

    private static NetworkIssue? BiasBeforeNorm(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer)
    {
        bool biased = layer.Spec is FilterSpec { Bias: true } or DenseSpec { Bias: true };

        // Flattening and pooling without padding hand a constant on as it is.
        LayerSpec? next = layers
            .Skip(layer.Place + 1)
            .Select(other => other.Spec)
            .FirstOrDefault(spec => spec is not (FlattenSpec or PoolSpec { Window.Padding.Mode: PaddingMode.Valid }));
        return !biased || next is not BatchNormSpec
            ? null
            : new NetworkIssue(
                IssueSeverity.Information,
                "Bias.BeforeNorm",
                layer.Name,
                "Batch normalization subtracts the mean, and this layer's biases with it: they cost parameters and have no effect.",
                $"Leave them out: {Unbiased(layer.Spec)}."
            );
    }

    private static NetworkIssue? StackedLinear(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer)
    {
        if (!layer.IsLinear)
        {
            return null;
        }
        InspectedLayer? before = layers
            .Take(layer.Place)
            .LastOrDefault(other =>
                other.IsLinear
                || other.Spec
                    is ActivationSpec
                        or RecurrentSpec
                        or BlockSpec
                        or PoolSpec { Pooling: PoolKind.Max }
                        or AdaptivePoolSpec { Pooling: PoolKind.Max }
            );
        return before is null || !before.IsLinear
            ? null
            : new NetworkIssue(
                IssueSeverity.Warning,
                "Linear.Stacked",
                layer.Name,
                $"There is no activation between {before.Name} and {layer.Name}: together they are equivalent to one linear layer.",
                $"Put an activation, for example relu, after {before.Name}."
            );
    }

    private static NetworkIssue? EarlySoftmax(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer) =>
        !layer.IsSoftmax || layer.Place == layers.Count - 1
            ? null
            : new NetworkIssue(
                IssueSeverity.Warning,
                "Softmax.NotLast",
                layer.Name,
                "Softmax turns values into probabilities that sum up to 1; layers after it get hardly any gradient.",
                "Use softmax as the last layer only, and relu between layers."
            );

    private static string Lost(int[] dropped, int[] sizes)
    {
        string[] names = sizes.Length switch
        {
            1 => ["values"],
            2 => ["rows", "columns"],
            _ => ["frames", "rows", "columns"],
        };
        string[] parts = [.. names.Select((name, d) => string.Create(CultureInfo.InvariantCulture, $"{dropped[d]} of {sizes[d]} {name}"))];
        return parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
    }

    private static string Unbiased(LayerSpec spec) =>
        (
            spec switch
            {
                FilterSpec filters => filters.WithoutBias(),
                DenseSpec dense => new DenseSpec(dense.Units, bias: false, dense.Inputs),
                _ => spec,
            }
        ).ToToken();
}
