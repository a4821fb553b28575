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

    /// <summary>
    /// Gets the fraction of the images of other classes that are taken for the class that counts as accepted; without one the mean of this
    /// fraction over all classes. NaN where the group has no such images.
    /// </summary>
    public double FalseAcceptRate { get; init; } = double.NaN;

    /// <summary>Gets the lower end of its 95 % interval.</summary>
    public double FalseAcceptLow { get; init; } = double.NaN;

    /// <summary>Gets the upper end.</summary>
    public double FalseAcceptHigh { get; init; } = double.NaN;

    /// <summary>
    /// Gets the fraction of the images of the class that counts as accepted that are taken for another; without one the mean of this
    /// fraction over all classes. NaN where the group has no such images.
    /// </summary>
    public double FalseRejectRate { get; init; } = double.NaN;

    /// <summary>Gets the lower end of its 95 % interval.</summary>
    public double FalseRejectLow { get; init; } = double.NaN;

    /// <summary>Gets the upper end.</summary>
    public double FalseRejectHigh { get; init; } = double.NaN;

    /// <summary>Says the group, its accuracy and its errors.</summary>
    /// <returns>For example <c>dark: 91.2 % of 400 (88.0 to 93.6 %), false accepts 1.0 % (0.6 to 1.5 %), false rejects 9.1 % (6.5 to 12.4
    /// %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Group}: {ViewText.Percent(Accuracy)} of {Count} ({100 * Low:F1} to {100 * High:F1} %)"
        )
        + Rate("false accepts", FalseAcceptRate, FalseAcceptLow, FalseAcceptHigh)
        + Rate("false rejects", FalseRejectRate, FalseRejectLow, FalseRejectHigh);

    private static string Rate(string name, double rate, double low, double high) =>
        double.IsNaN(rate)
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", {name} {ViewText.Percent(rate)} ({100 * low:F1} to {100 * high:F1} %)");
}
