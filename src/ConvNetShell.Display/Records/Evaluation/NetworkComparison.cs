using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Two networks on the same images. Only the images that exactly one of them classifies correctly show which is better.</summary>
/// <param name="First">The first network's name.</param>
/// <param name="Second">The second network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="BothRight">The images both classify correctly.</param>
/// <param name="OnlyFirst">The indices of the images that only the first classifies correctly.</param>
/// <param name="OnlySecond">The indices of the images that only the second classifies correctly.</param>
/// <param name="BothWrong">The images both classify incorrectly.</param>
/// <param name="Test">The test: McNemar exact, or McNemar chi-squared with the continuity correction.</param>
/// <param name="PValue">The probability of a difference at least as large if the two were equally good.</param>
/// <param name="Low">The lower end of the 95 % interval of the difference of the accuracies, first less second.</param>
/// <param name="High">The upper end.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record NetworkComparison(
    string First,
    string Second,
    string Dataset,
    string Split,
    int BothRight,
    IReadOnlyList<int> OnlyFirst,
    IReadOnlyList<int> OnlySecond,
    int BothWrong,
    string Test,
    double PValue,
    double Low,
    double High
) : IChartSource
{
    private const double Level = 0.05;

    /// <summary>Gets the images.</summary>
    public int Count => BothRight + OnlyFirst.Count + OnlySecond.Count + BothWrong;

    /// <summary>Gets the first network's accuracy.</summary>
    public double FirstAccuracy => (double)(BothRight + OnlyFirst.Count) / Count;

    /// <summary>Gets the second network's accuracy.</summary>
    public double SecondAccuracy => (double)(BothRight + OnlySecond.Count) / Count;

    /// <summary>Gets the difference of the accuracies, first less second.</summary>
    public double Difference => (double)(OnlyFirst.Count - OnlySecond.Count) / Count;

    /// <summary>Gets a value indicating whether the difference is larger than chance makes it in 95 of 100 cases.</summary>
    public bool IsSignificant => PValue < Level;

    /// <summary>Gets the result as text.</summary>
    public string Verdict =>
        !IsSignificant
            ? "no difference shown"
            : string.Create(CultureInfo.InvariantCulture, $"{(Difference > 0 ? "the first" : "the second")} is better");

    /// <inheritdoc />
    public Chart ToChart()
    {
        (string first, string second) = First == Second ? ($"{First} (first)", $"{Second} (second)") : (First, Second);
        return new Chart(
            string.Create(CultureInfo.InvariantCulture, $"{first} and {second} on {Dataset} {Split}: {Verdict} ({P})"),
            [
                Bars("accuracy", [first, second], [FirstAccuracy, SecondAccuracy], 0) with
                {
                    Percent = true,
                    High = 1,
                },
                Bars(
                    "images",
                    ["both right", $"only {first}", $"only {second}", "both wrong"],
                    [BothRight, OnlyFirst.Count, OnlySecond.Count, BothWrong],
                    2
                ),
            ]
        )
        {
            Text = ToString(),
        };
    }

    /// <summary>Says the accuracies, the difference with its interval, and the test's result.</summary>
    /// <returns>For example
    /// <c>CIFAR10 95.4 %, MLP 71.2 %: difference 24.2 % (22.1 to 26.2 %), McNemar p = 1.2E-30: the first is better</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{First} {100 * FirstAccuracy:F1} %, {Second} {100 * SecondAccuracy:F1} %: difference {100 * Difference:F1} % "
                + $"({100 * Low:F1} to {100 * High:F1} %), {Test} {P}: {Verdict}"
        );

    /// <summary>A value below the least that numbers here can have is not zero.</summary>
    private string P => PValue > 0 ? string.Create(CultureInfo.InvariantCulture, $"p = {PValue:G2}") : "p < 1E-300";

    private static ChartPanel Bars(string measure, IReadOnlyList<string> names, IReadOnlyList<double> values, int color) =>
        new(
            string.Empty,
            string.Empty,
            measure,
            [new ChartSeries(string.Empty, [.. names.Select((_, index) => (double)index)], values, SeriesKind.Bars) { Color = color }]
        )
        {
            Categories = names,
            Horizontal = true,
            Low = 0,
        };
}
