using System.Globalization;

namespace ConvNetShell.Display;

/// <summary>The accuracy of a network on one class. All fractions are from 0 to 1; one whose denominator is 0 is 0.</summary>
/// <param name="Class">The class name.</param>
/// <param name="Precision">The fraction of the images predicted as this class that belong to it; 0 if there is none.</param>
/// <param name="Recall">The fraction of the images of this class that are classified correctly; 0 if there is none.</param>
/// <param name="F1">The harmonic mean of precision and recall; 0 where both are.</param>
/// <param name="Support">The number of images of this class.</param>
public sealed record ClassReport(string Class, double Precision, double Recall, double F1, int Support)
{
    /// <summary>Says the class and its figures.</summary>
    /// <returns>For example <c>cat: precision 61.2 %, recall 55.0 %, F1 57.9 %, 1,000 images</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Class}: precision {100 * Precision:F1} %, recall {100 * Recall:F1} %, F1 {100 * F1:F1} %, {Support:N0} images"
        );
}
