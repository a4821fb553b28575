using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>One value that goes into a unit.</summary>
/// <param name="At">Its position in the layer's input, from 0: channel, row, column. Outside the input it is padding.</param>
/// <param name="Value">The value there.</param>
/// <param name="Weight">The factor.</param>
/// <param name="Product">The value times the weight.</param>
public sealed record Contribution(IReadOnlyList<int> At, double Value, double Weight, double Product)
{
    /// <summary>Gets the layer the value comes out of; image where it is a pixel.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>Gets a value indicating whether the position lies in the padding.</summary>
    public bool IsPadding { get; init; }

    /// <summary>Gives the position and the product.</summary>
    /// <returns>For example <c>3,4,4: 0.25 * -1.5 = -0.375</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ViewText.Position(At)}: {Value:G5} * {Weight:G5} = {Product:G5}{(IsPadding ? " (padding)" : string.Empty)}"
        );
}
