using System.Globalization;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Two classes, the first of which was taken for the second.</summary>
/// <param name="Class">The true class.</param>
/// <param name="Predicted">The class it was taken for.</param>
/// <param name="Count">How many images.</param>
/// <param name="Fraction">Their fraction of the images of the true class, from 0 to 1.</param>
public sealed record ConfusionPair(string Class, string Predicted, int Count, double Fraction)
{
    /// <summary>Says the classes and the count.</summary>
    /// <returns>For example <c>cat taken for dog: 143 (14.3 %)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Class} taken for {Predicted}: {Count:N0} ({100 * Fraction:F1} %)");
}
