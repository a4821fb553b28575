using System.Globalization;
using ConvNetShell.Core.Layers;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Networks;

/// <summary>What can be odd about a layer that fits where it is.</summary>
internal static class LayerRules
{
    /// <summary>Returns what is odd about one layer.</summary>
    public static IEnumerable<NetworkIssue> Check(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer) =>
        new[] { DroppedPixels(layer), BiasBeforeNorm(layers, layer), StackedLinear(layers, layer), EarlySoftmax(layers, layer) }.OfType<NetworkIssue>();

    private static NetworkIssue? DroppedPixels(InspectedLayer layer)
    {
        if (layer.Spec.Window is not Window window || layer.Input is not Shape input || layer.Output is null)
        {
            return null;
        }
        int[] dropped = window.Dropped(input);
        int height = input.Spatial[0], width = input.Spatial[1];
        int lost = height * width - (height - dropped[0]) * (width - dropped[1]);
        return lost == 0 ? null : new NetworkIssue(
            IssueSeverity.Warning,
            "Window.DropsPixels",
            layer.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A window of {window.Kernel} in steps of {window.Stride} leaves out {dropped[0]} of {height} rows and {dropped[1]} of {width} columns: {lost} of {height * width} pixels are never seen."),
            "Choose a size, stride or padding that fits the input, or padding Same.");
    }

    private static NetworkIssue? BiasBeforeNorm(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer)
    {
        bool biased = layer.Spec is ConvSpec { Bias: true } or DenseSpec { Bias: true };

        // Flattening and pooling without padding hand a constant on as it is.
        LayerSpec? next = layers.Skip(layer.Place + 1).Select(other => other.Spec)
            .FirstOrDefault(spec => spec is not (FlattenSpec or PoolSpec { Window.Padding.Mode: PaddingMode.Valid }));
        return !biased || next is not BatchNormSpec ? null : new NetworkIssue(
            IssueSeverity.Information,
            "Bias.BeforeNorm",
            layer.Name,
            "Batch normalisation takes the mean away, and this layer's biases with it: they cost parameters and do nothing.",
            $"Leave them out: {Unbiased(layer.Spec)}.");
    }

    private static NetworkIssue? StackedLinear(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer)
    {
        if (!layer.IsLinear)
        {
            return null;
        }
        InspectedLayer? before = layers.Take(layer.Place).LastOrDefault(
            other => other.Spec is ConvSpec or DenseSpec or ActivationSpec or PoolSpec { Pooling: PoolKind.Max });
        return before is null || !before.IsLinear ? null : new NetworkIssue(
            IssueSeverity.Warning,
            "Linear.Stacked",
            layer.Name,
            $"There is no activation between {before.Name} and {layer.Name}: together they can do no more than one linear layer.",
            $"Put an activation such as relu after {before.Name}.");
    }

    private static NetworkIssue? EarlySoftmax(IReadOnlyList<InspectedLayer> layers, InspectedLayer layer) =>
        !layer.IsSoftmax || layer.Place == layers.Count - 1 ? null : new NetworkIssue(
            IssueSeverity.Warning,
            "Softmax.NotLast",
            layer.Name,
            "Softmax turns values into probabilities that sum up to 1; layers behind it get hardly any gradient.",
            "Use softmax as the last layer only, and relu between layers.");

    private static string Unbiased(LayerSpec spec) => (spec switch
    {
        ConvSpec conv => new ConvSpec(conv.Filters, conv.Window, conv.Groups, bias: false),
        DenseSpec dense => new DenseSpec(dense.Units, bias: false, dense.Inputs),
        _ => spec,
    }).ToToken();
}
