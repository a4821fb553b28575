using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>The errors of a verification among the images of one group, at the threshold for all.</summary>
/// <param name="Group">The value of the attribute.</param>
/// <param name="Classes">The classes (people) with images in the group.</param>
/// <param name="SamePairs">The pairs of the same class.</param>
/// <param name="DifferentPairs">The pairs of different classes.</param>
/// <param name="FalseAcceptRate">The fraction of the different pairs that are accepted.</param>
/// <param name="FalseAcceptLow">The lower end of its 95 % interval.</param>
/// <param name="FalseAcceptHigh">The upper end.</param>
/// <param name="FalseRejectRate">The fraction of the same pairs that are rejected.</param>
/// <param name="FalseRejectLow">The lower end of its 95 % interval.</param>
/// <param name="FalseRejectHigh">The upper end.</param>
public sealed record VerificationGroup(
    string Group,
    int Classes,
    long SamePairs,
    long DifferentPairs,
    double FalseAcceptRate,
    double FalseAcceptLow,
    double FalseAcceptHigh,
    double FalseRejectRate,
    double FalseRejectLow,
    double FalseRejectHigh
)
{
    /// <summary>Says the group and its errors.</summary>
    /// <returns>For example <c>dark: false accepts 12.0 % (5.1 to 19.2 %), false rejects 1.5 % (0.7 to 2.6 %), 10 classes</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Group}: false accepts {Rate(FalseAcceptRate, FalseAcceptLow, FalseAcceptHigh)}, "
                + $"false rejects {Rate(FalseRejectRate, FalseRejectLow, FalseRejectHigh)}, {Classes} classes"
        );

    private static string Rate(double rate, double low, double high) =>
        string.Create(CultureInfo.InvariantCulture, $"{ViewText.Percent(rate)} ({100 * low:F1} to {100 * high:F1} %)");
}
