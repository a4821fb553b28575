using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Records.Sweeps;

namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>Makes the charts of a sweep.</summary>
public static class SweepCharts
{
    private const int ForestTrials = 4;

    /// <summary>Returns a chart.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="plot">Which one.</param>
    /// <param name="names">The parameters to show; empty for all. Of Contour the first two, by default the two most important ones.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="InvalidSettingException">The trials are too few for it, or have no course.</exception>
    /// <exception cref="NameNotFoundException">The sweep has no parameter of a name.</exception>
    public static SweepChart Of(Sweep sweep, SweepPlot plot, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(names);
        SweepChart chart = Chart(sweep, plot, new SweepAxes(sweep, names));
        int completed = chart.Trials.Count(trial => trial.IsCompleted && double.IsFinite(trial.Objective)),
            least = plot is SweepPlot.Importance or SweepPlot.Contour ? ForestTrials : 1;
        switch (plot)
        {
            case SweepPlot.Intermediate:
                Require(chart.Trials.Any(trial => trial.Curve.Count > 0), "a sweep with an epoch of a run to draw", sweep);
                return chart;
            case SweepPlot.History:
                Require(chart.Trials.Any(trial => double.IsFinite(trial.Objective)), "a sweep with an objective to draw", sweep);
                return chart;
            case SweepPlot.Contour when chart.Parameters.Count < 2:
                throw new InvalidSettingException("Parameter", "two parameters for -Plot Contour", chart.Parameters[0].Name);
        }
        string expected = string.Create(
            CultureInfo.InvariantCulture,
            $"a sweep with {least} or more completed {(least == 1 ? "trial" : "trials")} for -Plot {plot}"
        );
        Require(completed >= least, expected, sweep);
        return plot switch
        {
            SweepPlot.Importance => chart with { Importance = Forest(chart).Importance() },
            SweepPlot.Contour => Contour(chart, isGiven: names.Count > 0),
            _ => chart,
        };
    }

    /// <summary>Returns the course of a sweep that is under way, which may have no trial yet.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <returns>The chart.</returns>
    public static SweepChart Course(Sweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        return Chart(sweep, SweepPlot.History, new SweepAxes(sweep, []));
    }

    private static SweepChart Chart(Sweep sweep, SweepPlot plot, SweepAxes axes) =>
        new(
            plot,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(sweep.Path))}: {Name(plot)}, {sweep.Finished} of {sweep.Count} trials"
            ) + (sweep.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({sweep.Failed} failed)") : string.Empty),
            sweep.Objective,
            SweepObjective.Find(sweep.Objective).IsMaximized,
            axes.Parameters,
            sweep
                .Trials.Select(trial => new SweepPoint(
                    trial.Number,
                    $"{trial.Status}",
                    trial.Objective,
                    trial.Parameters.ToString(),
                    axes.Of(trial.Parameters),
                    plot == SweepPlot.Intermediate ? Curve(trial, sweep.Objective) : []
                ))
                .ToArray() // which a prompt can index, as all lists of the chart
        );

    private static string Name(SweepPlot plot) =>
        plot switch
        {
            SweepPlot.Parallel => "parallel coordinates",
            SweepPlot.Intermediate => "the objective by epoch",
            SweepPlot.Contour => "expected objective",
            _ => $"{plot}".ToLowerInvariant(),
        };

    private static double[] Curve(SweepTrial trial, string objective) =>
        [.. trial.Files.Run.ReadHistory().Select(SweepObjective.Find(objective).Of)];

    private static SweepForest Forest(SweepChart chart) =>
        new(chart.Parameters, [.. chart.Trials.Where(trial => trial.IsCompleted && double.IsFinite(trial.Objective))]);

    private static SweepChart Contour(SweepChart chart, bool isGiven)
    {
        SweepForest forest = Forest(chart);
        int[] order = isGiven
            ? [0, 1]
            :
            [
                .. forest
                    .Importance()
                    .Take(2)
                    .Select(item => chart.Parameters.ToList().FindIndex(parameter => parameter.Name == item.Parameter)),
            ];
        return chart with
        {
            Parameters = order.Select(index => chart.Parameters[index]).ToArray(),
            Trials = chart.Trials.Select(trial => trial with { Values = order.Select(index => trial.Values[index]).ToArray() }).ToArray(),
            Surface = forest.Surface(chart.Objective, order[0], order[1]),
        };
    }

    private static void Require(bool holds, string expected, Sweep sweep)
    {
        if (!holds)
        {
            throw new InvalidSettingException("Sweep", expected, Received(sweep));
        }
    }

    private static string Received(Sweep sweep)
    {
        int completed = sweep.Trials.Count(trial => trial.Status == TrialStatus.Completed);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{completed} completed, {sweep.Failed} failed and {sweep.Count - sweep.Finished} open trials"
        );
        return sweep.Failed > 0 && completed == 0
            ? $"{text}; the first error is: {sweep.Trials.First(trial => trial.Status == TrialStatus.Failed).Error}"
            : text;
    }
}
