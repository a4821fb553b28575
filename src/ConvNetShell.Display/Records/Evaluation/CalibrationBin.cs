using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>The images predicted with a probability within an interval.</summary>
/// <param name="Low">The interval's lower end; the interval does not hold it (but 0).</param>
/// <param name="High">The interval's upper end; the interval holds it.</param>
/// <param name="Count">The images.</param>
/// <param name="Confidence">The mean probability; not a number without images.</param>
/// <param name="Accuracy">The fraction classified correctly; NaN without images.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double Confidence, double Accuracy)
{
    /// <summary>Gets how much surer the network is than it is right; negative where it is too modest.</summary>
    public double Gap => Confidence - Accuracy;

    /// <summary>Says the interval, the count, the confidence and the accuracy.</summary>
    /// <returns>For example <c>90 to 100 %: 812 images, confidence 97.8 %, accuracy 95.4 %</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * Low:F0} to {100 * High:F0} %: {Count} images, confidence {ViewText.Percent(Confidence)}, accuracy "
                + $"{ViewText.Percent(Accuracy)}"
        );
}
