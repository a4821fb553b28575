using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>
/// A network at work on one image: all layers with their activations, gradients and weights, and the prediction.
/// </summary>
/// <param name="Network">The network's name.</param>
/// <param name="Source">The image: a file, or an index in a split; empty without one.</param>
/// <param name="Layers">The input and the layers, in order.</param>
/// <param name="Predictions">The likeliest classes, rank 1 first; empty without an image.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record NetworkPanel(string Network, string Source, IReadOnlyList<PanelLayer> Layers, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>Says the network, the image and the predictions, and each layer in a line.</summary>
    /// <returns>The lines.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Layers.Select(layer => "  " + layer).Prepend(Heading));

    /// <summary>Gets the network, the image and the prediction, in one line.</summary>
    public string Heading =>
        $"{Network}{(Source.Length > 0 ? $" on {Path.GetFileName(Source)}" : string.Empty)}"
        + $"{(Predictions.Count > 0 ? ": " + string.Join(", ", Predictions.Select(Words)) : string.Empty)}{Truth}";

    private string Truth => Predictions is [{ Label: { } label }, ..] ? $" (true: {label})" : string.Empty;

    private static string Words(Prediction prediction) =>
        FormattableString.Invariant($"{prediction.Class} {100 * prediction.Probability:F1} %");
}
