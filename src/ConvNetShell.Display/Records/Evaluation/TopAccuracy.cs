using System.Globalization;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>How often the true class is among the first so many that a network names.</summary>
/// <param name="Count">How many classes count; where the network has fewer, all of them.</param>
/// <param name="Accuracy">The fraction of images, from 0 to 1.</param>
public sealed record TopAccuracy(int Count, double Accuracy)
{
    /// <summary>Says the count and the fraction.</summary>
    /// <returns>For example <c>top 5 99.1 %</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"top {Count} {100 * Accuracy:F1} %");
}
