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
    private const int MostLetters = 28;
    private const double Room = 1.1; // beyond the longest interval

    /// <summary>Gets the difference between the highest and the lowest accuracy of a group.</summary>
    public double Gap => Groups.Count == 0 ? double.NaN : Groups.Max(group => group.Accuracy) - Groups.Min(group => group.Accuracy);

    /// <summary>
    /// Gets the class that counts as accepted in the false accepts and rejects; <see langword="null"/> where they are means over all
    /// classes.
    /// </summary>
    public string? Positive { get; init; }

    /// <summary>
    /// Gets the difference between the highest and the lowest rate of false accepts; NaN where fewer than two groups have one.
    /// </summary>
    public double FalseAcceptGap => Range(Groups.Select(group => group.FalseAcceptRate));

    /// <summary>Gets the probability of such a gap by chance.</summary>
    public double FalseAcceptGapPValue { get; init; } = double.NaN;

    /// <summary>
    /// Gets the difference between the highest and the lowest rate of false rejects; NaN where fewer than two groups have one.
    /// </summary>
    public double FalseRejectGap => Range(Groups.Select(group => group.FalseRejectRate));

    /// <summary>Gets the probability of such a gap by chance.</summary>
    public double FalseRejectGapPValue { get; init; } = double.NaN;

    /// <summary>Returns the difference between the largest and the smallest of rates; NaN with fewer than two.</summary>
    private static double Range(IEnumerable<double> rates)
    {
        double[] known = [.. rates.Where(double.IsFinite)];
        return known.Length < 2 ? double.NaN : known.Max() - known.Min();
    }

    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            $"{GapText(Gap, PValue)}, {Where}",
            [
                Panel("accuracy", group => group.Accuracy, group => group.Low, group => group.High),
                .. Errors(
                    "false accepts",
                    FalseAcceptGap,
                    FalseAcceptGapPValue,
                    group => group.FalseAcceptRate,
                    group => group.FalseAcceptLow,
                    group => group.FalseAcceptHigh
                ),
                .. Errors(
                    "false rejects",
                    FalseRejectGap,
                    FalseRejectGapPValue,
                    group => group.FalseRejectRate,
                    group => group.FalseRejectLow,
                    group => group.FalseRejectHigh
                ),
            ]
        )
        {
            Text = string.Join(Environment.NewLine, Groups.Select(group => group.ToString()).Prepend(ToString())),
        };

    /// <summary>Says the network, the data, the gap and its probability.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes Test by Class: gap 12.5 % (p = 0.0001)</c>.</returns>
    public override string ToString() => $"{Where}: {GapText(Gap, PValue)}";

    /// <summary>Gets the network, the data and the property; a script is cut, so that the gap after it is seen.</summary>
    private string Where
    {
        get
        {
            string by = string.Join(' ', By.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return $"{Network} on {Dataset} {Split} by {(by.Length > MostLetters ? by[..(MostLetters - 1)] + "…" : by)}";
        }
    }

    private static string GapText(double gap, double probability) =>
        $"gap {ViewText.Percent(gap)}"
        + (double.IsNaN(probability) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (p = {probability:G2})"));

    private IEnumerable<ChartPanel> Errors(
        string name,
        double gap,
        double probability,
        Func<GroupAccuracy, double> rate,
        Func<GroupAccuracy, double> low,
        Func<GroupAccuracy, double> high
    ) =>
        Groups.All(group => double.IsNaN(rate(group)))
            ? []
            : [Panel(double.IsNaN(gap) ? name : $"{name}, {GapText(gap, probability)}", rate, low, high)];

    private ChartPanel Panel(
        string name,
        Func<GroupAccuracy, double> rate,
        Func<GroupAccuracy, double> low,
        Func<GroupAccuracy, double> high
    )
    {
        double[] at = [.. Groups.Select((_, index) => (double)index)];
        double most = Groups.Select(high).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        return new ChartPanel(
            name,
            string.Empty,
            "fraction of the images",
            [
                new ChartSeries(string.Empty, at, [.. Groups.Select(rate)], SeriesKind.Bars)
                {
                    Low = [.. Groups.Select(low)],
                    High = [.. Groups.Select(high)],
                    Hints = [.. Groups.Select(group => group.ToString())],
                },
            ]
        )
        {
            Categories = [.. Groups.Select(group => $"{group.Group} (n = {group.Count.ToString(CultureInfo.InvariantCulture)})")],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = name == "accuracy" ? 1 : Math.Min(1, most * Room),
        };
    }
}
