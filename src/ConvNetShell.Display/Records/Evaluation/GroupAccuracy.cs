using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>The accuracy on the images of one group.</summary>
/// <param name="Group">The value of the property.</param>
/// <param name="Count">The images.</param>
/// <param name="Correct">The images classified correctly.</param>
/// <param name="Low">The lower end of the accuracy's 95 % interval (Wilson).</param>
/// <param name="High">The upper end.</param>
public sealed record GroupAccuracy(string Group, long Count, long Correct, double Low, double High)
{
    /// <summary>Gets the fraction classified correctly.</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Says the group and its accuracy.</summary>
    /// <returns>For example <c>dark: 91.2 % of 400 (88.0 to 93.6 %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Group}: {ViewText.Percent(Accuracy)} of {Count} ({100 * Low:F1} to {100 * High:F1} %)"
        );
}
