using System.Globalization;
using ConvNetShell.Display.Charts;

namespace ConvNetShell.Rendering.Charts;

/// <summary>
/// Bounds what a figure of a chart takes: long curves keep the extremes of each piece, and of many bars or curves the first stay.
/// </summary>
internal static class ChartReduction
{
    /// <summary>The most points of a curve.</summary>
    public const int MostPoints = 4000;

    /// <summary>The most categories and the most curves of a panel.</summary>
    public const int MostCategories = 200,
        MostSeries = 100;

    /// <summary>Returns a chart whose figure is of a bounded size; its title says what is left out.</summary>
    /// <param name="chart">The chart.</param>
    public static Chart Of(Chart chart)
    {
        var notes = new List<string>();
        ChartPanel[] panels = [.. chart.Panels.Select(panel => Of(panel, notes))];
        return chart with { Title = string.Join(' ', notes.Distinct().Prepend(chart.Title)).TrimStart(), Panels = panels };
    }

    private static ChartPanel Of(ChartPanel panel, List<string> notes)
    {
        if (panel.Categories.Count > MostCategories)
        {
            notes.Add(Note(MostCategories, panel.Categories.Count, "categories"));
            panel = panel with
            {
                Categories = [.. panel.Categories.Take(MostCategories)],
                Series = [.. panel.Series.Select(series => Cut(series, x => x < MostCategories))],
            };
        }
        if (panel.Series.Count > MostSeries)
        {
            notes.Add(Note(MostSeries, panel.Series.Count, "series"));
            panel = panel with { Series = [.. panel.Series.Take(MostSeries)] };
        }
        return panel with { Series = [.. panel.Series.Select(series => series.Y.Count > MostPoints ? Extremes(series) : series)] };
    }

    private static string Note(int shown, int all, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"(the first {shown} of {all:N0} {kind})");

    private static ChartSeries Cut(ChartSeries series, Func<double, bool> isKept)
    {
        int[] kept = [.. Enumerable.Range(0, series.X.Count).Where(index => isKept(series.X[index]))];
        return Take(series, kept);
    }

    /// <summary>Returns a curve with the least and the greatest point of each of many pieces of equal length, in their order.</summary>
    private static ChartSeries Extremes(ChartSeries series)
    {
        const int pieces = MostPoints / 2;
        var kept = new SortedSet<int> { 0, series.Y.Count - 1 };
        for (int piece = 1; piece < pieces; piece++)
        {
            int begin = (int)((long)series.Y.Count * (piece - 1) / (pieces - 1)),
                end = (int)((long)series.Y.Count * piece / (pieces - 1));
            IEnumerable<int> points = Enumerable.Range(begin, end - begin);
            kept.Add(points.MinBy(index => series.Y[index]));
            kept.Add(points.MaxBy(index => series.Y[index]));
        }
        return Take(series, [.. kept]);
    }

    private static ChartSeries Take(ChartSeries series, int[] kept) =>
        series with
        {
            X = Array.ConvertAll(kept, index => series.X[index]),
            Y = Array.ConvertAll(kept, index => series.Y[index]),
        };
}
