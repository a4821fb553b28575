using System.Globalization;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Networks;

/// <summary>The rules for the end of a network.</summary>
internal static class OutputRules
{
    /// <summary>Returns the issues of the end.</summary>
    /// <param name="layers">The layers, one or more.</param>
    /// <param name="classes">The number of classes, where it is known.</param>
    public static IEnumerable<NetworkIssue> Check(IReadOnlyList<InspectedLayer> layers, int? classes) =>
        new[] { Activation(layers), Softmax(layers[^1]), Classes(layers, classes) }.OfType<NetworkIssue>();

    private static NetworkIssue? Softmax(InspectedLayer last) =>
        !last.IsSoftmax
            ? null
            : new NetworkIssue(
                IssueSeverity.Information,
                "Softmax.Handled",
                last.Name,
                "Cross-entropy includes softmax, so training uses the values before this layer; predictions use its probabilities.",
                "Nothing to do."
            );

    private static NetworkIssue? Activation(IReadOnlyList<InspectedLayer> layers)
    {
        InspectedLayer? dense = layers.LastOrDefault(layer => layer.IsLinear || layer.Spec is RbfSpec);
        InspectedLayer? odd = dense is null
            ? null
            : layers.Skip(dense.Place + 1).FirstOrDefault(layer => layer.Spec is ActivationSpec && !layer.IsSoftmax);
        return odd is null || dense!.Spec is not DenseSpec
            ? null
            : new NetworkIssue(
                IssueSeverity.Warning,
                "Output.Activation",
                odd.Name,
                $"The values of the last layer {dense.Name} go through {odd.Spec}, which distorts the values that softmax turns into "
                    + $"probabilities.",
                $"Remove {odd.Name}, or replace it by softmax."
            );
    }

    private static NetworkIssue? Classes(IReadOnlyList<InspectedLayer> layers, int? classes)
    {
        if (layers[^1].Output is not Shape output || layers[^1].Spec is CaptionSpec)
        {
            return null; // unknown behind another mistake, which has been said; words are no classes
        }
        string count = classes?.ToString(CultureInfo.InvariantCulture) ?? "10";
        if (output.Count > 1)
        {
            bool dense = layers.Any(layer => layer.Spec is DenseSpec);
            return Error(
                $"Expected a vector with one value for each class. Received: "
                    + $"{output}{(dense ? string.Empty : "; there is no dense layer")}.",
                $"End the network with a dense layer and softmax: fc{count} softmax."
            );
        }
        InspectedLayer? last = layers.LastOrDefault(layer => layer.Spec is DenseSpec);
        return classes is null || output.Channels == classes
            ? null
            : Error(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected one value for each of the {classes} classes. Received: {output.Channels}."
                ),
                last is null ? $"End the network with fc{count} softmax." : $"Give {last.Name} a unit for each class: fc{count}."
            );

        NetworkIssue Error(string message, string fix) => new(IssueSeverity.Error, "Output.Classes", layers[^1].Name, message, fix);
    }
}
