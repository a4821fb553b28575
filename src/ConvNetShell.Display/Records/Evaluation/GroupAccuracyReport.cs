using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>The accuracy on each group of images, and whether the groups differ by more than chance.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="By">The property that the images are grouped by.</param>
/// <param name="Count">The images of all groups.</param>
/// <param name="Accuracy">The fraction of them classified correctly.</param>
/// <param name="PValue">The probability of groups that differ as much or more where the errors fall on the images at random (a
/// permutation test of Pearson's chi-square); NaN with one group. Images count as independent.</param>
/// <param name="Groups">The groups, the one of the lowest accuracy first.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record GroupAccuracyReport(
    string Network,
    string Dataset,
    string Split,
    string By,
    long Count,
    double Accuracy,
    double PValue,
    IReadOnlyList<GroupAccuracy> Groups
) : IChartSource
{
    /// <summary>Gets the difference between the highest and the lowest accuracy of a group.</summary>
    public double Gap => Groups.Count == 0 ? double.NaN : Groups.Max(group => group.Accuracy) - Groups.Min(group => group.Accuracy);

    /// <inheritdoc />
    public Chart ToChart()
    {
        double[] at = [.. Groups.Select((_, index) => (double)index)];
        return new Chart(
            ToString(),
            [
                new ChartPanel(
                    string.Empty,
                    string.Empty,
                    "accuracy",
                    [
                        new ChartSeries("accuracy", at, [.. Groups.Select(group => group.Accuracy)], SeriesKind.Bars)
                        {
                            Hints = [.. Groups.Select(group => group.ToString())],
                        },
                    ]
                )
                {
                    Categories = [.. Groups.Select(group => $"{group.Group} (n = {group.Count.ToString(CultureInfo.InvariantCulture)})")],
                    Horizontal = true,
                    Percent = true,
                    Low = 0,
                    High = 1,
                },
            ]
        )
        {
            Text = string.Join(Environment.NewLine, Groups.Select(group => group.ToString()).Prepend(ToString())),
        };
    }

    /// <summary>Says the network, the data, the gap and its probability.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes Test by Class: gap 12.5 % (p = 0.0001)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split} by {By}: gap {ViewText.Percent(Gap)}"
                + $"{(double.IsNaN(PValue) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (p = {PValue:G2})"))}"
        );
}
