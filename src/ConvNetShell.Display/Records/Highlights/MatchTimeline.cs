using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>The scores of all windows of a match.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Match">The match: its number in the dataset, or a file.</param>
/// <param name="Windows">The windows in order.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record MatchTimeline(string Network, string Match, IReadOnlyList<TimelineWindow> Windows) : IChartSource
{
    private const double Above = 1.04; // where true highlights are marked, over the scores

    /// <summary>Returns the chart: the score over time with the chosen windows and the true highlights, and the evidence of either
    /// stream.</summary>
    /// <returns>The chart.</returns>
    public Chart ToChart() => new(ToString(), [Scores(), Evidence()]) { Text = string.Join(Environment.NewLine, Lines()) };

    /// <summary>Says the network, the match and the number of windows.</summary>
    /// <returns>For example <c>TwoStream on match 3: 60 windows, 10 chosen</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on match {Match}: {Windows.Count} windows, {Windows.Count(window => window.IsChosen)} chosen"
        );

    private ChartPanel Scores()
    {
        TimelineWindow[] chosen = [.. Windows.Where(window => window.IsChosen)],
            known = [.. Windows.Where(window => window.IsHighlight == true)];
        bool isKnown = Windows.Any(window => window.IsHighlight is not null); // not of a film
        ChartSeries[] noSeries = [];
        return new ChartPanel(
            "score",
            "seconds",
            "probability of a highlight",
            [
                new ChartSeries("score", Middles(Windows), [.. Windows.Select(window => window.Score)])
                {
                    Hints = [.. Windows.Select(window => window.ToString())],
                },
                new ChartSeries("chosen", Middles(chosen), [.. chosen.Select(window => window.Score)], SeriesKind.Points),
                .. isKnown ? [new ChartSeries("highlights", Middles(known), [.. known.Select(_ => Above)], SeriesKind.Points)] : noSeries,
            ]
        )
        {
            Low = 0,
            High = 1.1,
        };
    }

    private ChartPanel Evidence() =>
        new(
            "evidence",
            "seconds",
            "added to the log odds",
            [
                new ChartSeries("picture", Middles(Windows), [.. Windows.Select(window => window.Picture)]) { Color = 3 },
                new ChartSeries("sound", Middles(Windows), [.. Windows.Select(window => window.Sound)]) { Color = 4 },
            ]
        );

    private IEnumerable<string> Lines() => Windows.Where(window => window.IsChosen).Select(window => window.ToString()).Prepend(ToString());

    private static double[] Middles(IEnumerable<TimelineWindow> windows) => [.. windows.Select(window => window.Middle)];
}
