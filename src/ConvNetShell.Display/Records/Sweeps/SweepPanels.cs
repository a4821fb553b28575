using System.Globalization;
using ConvNetShell.Display.Charts;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>The panels of a sweep's course and of its parameters' importance.</summary>
internal static class SweepPanels
{
    private const string Completed = "completed",
        Pruned = "pruned",
        BestSoFar = "best so far";

    /// <summary>Draws the objective of each trial, and the best so far.</summary>
    public static ChartPanel History(SweepChart chart)
    {
        SweepPoint[] known = [.. chart.Trials.Where(trial => double.IsFinite(trial.Objective))],
            done = [.. known.Where(trial => trial.IsCompleted)],
            others = [.. known.Where(trial => !trial.IsCompleted)];
        var best = new List<double>();
        foreach (SweepPoint trial in done)
        {
            bool isBetter = best.Count == 0 || (chart.IsMaximized ? trial.Objective > best[^1] : trial.Objective < best[^1]);
            best.Add(isBetter ? trial.Objective : best[^1]);
        }
        var series = new List<ChartSeries>
        {
            new(BestSoFar, [.. done.Select(trial => (double)trial.Number)], best) { Color = 1, Hints = Hints(done) },
            Points(Completed, done) with
            {
                Color = 0,
            },
        };
        if (others.Length > 0)
        {
            series.Add(Points(Pruned, others) with { Color = 6 });
        }
        return new ChartPanel(string.Empty, "trial", chart.Objective, series) { Percent = chart.IsPercent };
    }

    /// <summary>Draws a bar a parameter.</summary>
    public static ChartPanel Importances(SweepChart chart) =>
        new(
            string.Empty,
            string.Empty,
            $"fraction of the variance of {chart.Objective}",
            [
                new ChartSeries(
                    string.Empty,
                    [.. chart.Importance.Select((_, index) => (double)index)],
                    [.. chart.Importance.Select(item => item.Importance)],
                    SeriesKind.Bars
                )
                {
                    Color = 0,
                },
            ]
        )
        {
            Categories = [.. chart.Importance.Select(item => item.Parameter)],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = 1,
        };

    /// <summary>Draws the objective by epoch, a curve a trial; the best in a color of its own.</summary>
    public static ChartPanel Intermediate(SweepChart chart)
    {
        SweepPoint? best = chart.Best;
        return new ChartPanel(
            string.Empty,
            "epoch",
            chart.Objective,
            [
                .. chart
                    .Trials.Where(trial => trial.Curve.Count > 0)
                    .OrderBy(trial => trial == best) // the best on top
                    .Select(trial => new ChartSeries(
                        trial == best ? string.Create(CultureInfo.InvariantCulture, $"best: trial {trial.Number}") : string.Empty,
                        [.. trial.Curve.Select((_, index) => index + 1.0)],
                        trial.Curve
                    )
                    {
                        Color = trial == best ? 5 : null,
                        Shade = trial == best ? null : chart.Quality(trial),
                        Hints = [.. trial.Curve.Select(_ => trial.ToString())],
                    }),
            ]
        )
        {
            Percent = chart.IsPercent,
        };
    }

    /// <summary>Returns points over the numbers of trials.</summary>
    private static ChartSeries Points(string name, SweepPoint[] trials) =>
        new(name, [.. trials.Select(trial => (double)trial.Number)], [.. trials.Select(trial => trial.Objective)], SeriesKind.Points)
        {
            Hints = Hints(trials),
        };

    private static string[] Hints(SweepPoint[] trials) => Array.ConvertAll(trials, trial => trial.ToString());
}
