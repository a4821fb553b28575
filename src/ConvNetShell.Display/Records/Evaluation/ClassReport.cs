using System.Globalization;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>
/// How well a network recognizes one class. All figures are from 0 to 1. Those of a class without images are not numbers (NaN).
/// </summary>
/// <param name="Class">The class name.</param>
/// <param name="Precision">Of the images predicted as this class, the fraction that are; 0 without such a prediction.</param>
/// <param name="Recall">Of the images of this class, the fraction predicted correctly; not a number where there is no such image.</param>
/// <param name="F1">The harmonic mean of precision and recall; 0 where both are.</param>
/// <param name="Support">The number of images of this class.</param>
public sealed record ClassReport(string Class, double Precision, double Recall, double F1, int Support)
{
    /// <summary>Gets the lower end of the 95 % Wilson interval of <see cref="Recall"/>; not a number without images.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Gets the upper end of that interval.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>
    /// Gets the area under the receiver operating characteristic: the probability that an image of this class gets a larger probability
    /// for it than an image of another; 0.5 is chance. Not a number where all images or none are of this class.
    /// </summary>
    public double RocAuc { get; init; } = double.NaN;

    /// <summary>Gets the average precision: the area under the curve of precision over recall, without interpolation.</summary>
    public double AveragePrecision { get; init; } = double.NaN;

    /// <summary>Says the class and its figures.</summary>
    /// <returns>For example <c>cat: precision 61.2 %, recall 55.0 %, F1 57.9 %, 1,000 images</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Class}: precision {Text(Precision)}, recall {Text(Recall)}, F1 {Text(F1)}, {Support:N0} images"
        );

    private static string Text(double fraction) =>
        double.IsNaN(fraction) ? "n/a" : string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F1} %");
}
