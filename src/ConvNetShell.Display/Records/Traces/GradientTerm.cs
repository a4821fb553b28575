using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Traces;

/// <summary>
/// One term of a weight's gradient: an input that the weight multiplies, times the gradient of the output that it goes into.
/// </summary>
/// <param name="Source">The image.</param>
/// <param name="At">The position in the layer's output, from 0: channel, row, column.</param>
/// <param name="From">The position in the layer's input; outside it is padding. Empty for a bias, which adds to every output.</param>
/// <param name="Input">The input there; 1 for a bias.</param>
/// <param name="OutputGradient">The gradient of the loss with respect to that output.</param>
/// <param name="Product">The input times the gradient.</param>
public sealed record GradientTerm(
    string Source,
    IReadOnlyList<int> At,
    IReadOnlyList<int> From,
    double Input,
    double OutputGradient,
    double Product
)
{
    /// <summary>Gets a value indicating whether the input lies in the padding.</summary>
    public bool IsPadding { get; init; }

    /// <summary>Gives the output and the product.</summary>
    /// <returns>For example <c>2,4,4: 0.25 * -1.5 = -0.375</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ViewText.Position(At)}: {Input:G5} * {OutputGradient:G5} = {Product:G5}{(IsPadding ? " (padding)" : string.Empty)}"
        );
}
