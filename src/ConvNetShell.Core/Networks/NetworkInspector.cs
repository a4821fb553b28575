using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Networks;

/// <summary>Looks for mistakes in a network's description. No tensor is made, and one mistake does not hide the next.</summary>
public static class NetworkInspector
{
    /// <summary>
    /// Inspects layers. The codes: Network.Empty, Layer.DuplicateName, Input.Shape, Layer.WrongInput, Layer.KernelTooLarge, Layer.Groups,
    /// Window.DropsPixels, Bias.BeforeNorm, Linear.Stacked, Softmax.NotLast, Softmax.Handled, Output.Activation, Output.Classes.
    /// </summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="input">The shape of one sample, channels first.</param>
    /// <param name="dataset">The data it is meant for, if known: its images must have the input's shape, and its classes need an output
    /// each.</param>
    /// <param name="classes">The number of classes where there is no dataset.</param>
    /// <param name="isEmbedding">Whether the output is an embedding: a vector of any length.</param>
    /// <returns>The issues from input to output; empty if there are none.</returns>
    public static IReadOnlyList<NetworkIssue> Inspect(
        IEnumerable<LayerSpec> layers,
        Shape input,
        Dataset? dataset = null,
        int? classes = null,
        bool isEmbedding = false
    )
    {
        var issues = new List<NetworkIssue>();
        if (dataset is not null && !dataset.InputShape.Equals(input))
        {
            issues.Add(
                new NetworkIssue(
                    IssueSeverity.Error,
                    "Input.Shape",
                    null,
                    $"The images of {dataset.Name} do not fit the network: expected {input}. Received: {dataset.InputShape}.",
                    $"Make the network with -InputShape {string.Join(',', dataset.InputShape)}, or resize the images."
                )
            );
        }
        IReadOnlyList<InspectedLayer> placed = Fit(layers, input, issues);
        if (placed.Count == 0)
        {
            issues.Add(
                new NetworkIssue(
                    IssueSeverity.Error,
                    "Network.Empty",
                    null,
                    "Expected one or more layers. Received: no layer.",
                    "Add layers, for example: fc10 softmax."
                )
            );
            return issues;
        }
        foreach (InspectedLayer layer in placed)
        {
            issues.AddRange(layer.Issues);
            issues.AddRange(LayerRules.Check(placed, layer));
        }
        issues.AddRange(OutputRules.Check(placed, isEmbedding ? null : dataset?.Classes.Count ?? classes));
        return issues;
    }

    private static List<InspectedLayer> Fit(IEnumerable<LayerSpec> layers, Shape input, List<NetworkIssue> issues)
    {
        var names = new LayerNames();
        var placed = new List<InspectedLayer>();
        Shape? shape = input;
        foreach (LayerSpec spec in layers)
        {
            string name = Name(names, spec, issues);
            var found = new List<NetworkIssue>();
            Shape? output = Output(spec, shape, name, found);
            placed.Add(new InspectedLayer(placed.Count, name, spec, shape, output, found));
            shape = output;
        }
        return placed;
    }

    private static string Name(LayerNames names, LayerSpec spec, List<NetworkIssue> issues)
    {
        try
        {
            return names.Next(spec);
        }
        catch (InvalidSettingException error)
        {
            issues.Add(
                new NetworkIssue(
                    IssueSeverity.Error,
                    "Layer.DuplicateName",
                    spec.Name,
                    error.Message,
                    "Give each layer a different name, or none."
                )
            );
            return spec.Name ?? spec.Kind;
        }
    }

    /// <summary>Returns the output shape if it is known: a dense layer has one, whatever is wrong before it.</summary>
    private static Shape? Output(LayerSpec spec, Shape? input, string name, List<NetworkIssue> found)
    {
        Shape? known = spec is DenseSpec dense ? new Shape(dense.Units) : null;
        if (input is null)
        {
            return known;
        }
        try
        {
            return spec.OutputShape(input);
        }
        catch (LayerException error)
        {
            found.Add(new NetworkIssue(IssueSeverity.Error, error.ErrorId, name, Sentence(error.Problem), error.Fix));
            return spec is ActivationSpec ? input : known;
        }
    }

    private static string Sentence(string problem) => char.ToUpperInvariant(problem[0]) + problem[1..];
}
