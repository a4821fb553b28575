using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>How well a network finds the highlights of matches.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Stream">The streams whose evidence counted: picture, sound or both.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="Windows">The windows.</param>
/// <param name="Highlights">The highlights among them.</param>
/// <param name="AveragePrecision">The mean, over the highlights, of the fraction of highlights among the windows with at least their
/// score; 1 where all highlights come first.</param>
/// <param name="Top">How many windows of each match were picked.</param>
/// <param name="Recall">The fraction of the highlights that were picked.</param>
/// <param name="Precision">The fraction of the picked windows that are highlights.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record HighlightReport(
    string Network,
    string Stream,
    string Dataset,
    string Split,
    int Windows,
    int Highlights,
    double AveragePrecision,
    int Top,
    double Recall,
    double Precision
) : IChartSource
{
    /// <summary>Gets the average precision of windows in random order: the fraction that are highlights.</summary>
    public double Floor => (double)Highlights / Windows;

    /// <summary>Gets the largest recall that picking so many windows of each match allows.</summary>
    public double BestRecall { get; init; } = 1;

    /// <summary>Gets the average precision of windows in the order of their loudness: a baseline that learns nothing.</summary>
    public double Loudness { get; init; } = double.NaN;

    /// <summary>Gets the fraction of the home side's highlights that were picked; NaN where sides are not known.</summary>
    public double HomeRecall => RecallOf("home");

    /// <summary>Gets the fraction of the away side's highlights that were picked.</summary>
    public double AwayRecall => RecallOf("away");

    /// <summary>Gets the recall by side, and by the streams that show the highlight.</summary>
    public IReadOnlyList<HighlightGroup> Groups { get; init; } = [];

    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            $"{Network} on {Dataset} {Split}",
            [
                new ChartPanel(
                    $"highlights among the best {Top} windows of a match",
                    string.Empty,
                    "recall",
                    [
                        new ChartSeries(
                            Network,
                            [.. Groups.Select((_, i) => (double)i)],
                            [.. Groups.Select(group => group.Recall)],
                            SeriesKind.Bars
                        ),
                    ]
                )
                {
                    Categories = [.. Groups.Select(group => group.By == "ShownIn" ? $"shown in {group.Name}" : group.Name)],
                    Percent = true,
                    Low = 0,
                    High = 1,
                },
            ]
        )
        {
            Text = string.Join(Environment.NewLine, Groups.Select(group => group.ToString()).Prepend(ToString())),
        };

    /// <summary>Says the network, the data and the figures.</summary>
    /// <returns>For example <c>TwoStream on Matches Test: average precision 0.893 (chance 0.22), recall of 10 a match 70.1 %</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: average precision {AveragePrecision:F3} (chance {Floor:F2}), recall of {Top} a match "
                + $"{ViewText.Percent(Recall)}"
        );

    private double RecallOf(string side) => Groups.FirstOrDefault(group => group.By == "Side" && group.Name == side)?.Recall ?? double.NaN;
}
