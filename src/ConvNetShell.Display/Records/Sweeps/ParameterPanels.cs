using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>The panels of a sweep's objective over its parameters.</summary>
internal static class ParameterPanels
{
    private const double LabelRoom = 0.09;

    /// <summary>Draws the objective over each parameter.</summary>
    public static IReadOnlyList<ChartPanel> Slices(SweepChart chart) =>
        [
            .. chart.Parameters.Select(
                (parameter, index) =>
                {
                    SweepPoint[] trials = [.. chart.Trials.Where(trial => trial.IsCompleted && double.IsFinite(trial.Values[index]))];
                    return Across(parameter, chart.Objective, [Points(trials, trial => trial.Values[index], trial => trial.Objective)]) with
                    {
                        Percent = chart.IsPercent,
                    };
                }
            ),
        ];

    /// <summary>Draws the expected objective over two parameters, and the trials on it.</summary>
    public static ChartPanel Contour(SweepChart chart)
    {
        SweepPoint[] trials = [.. chart.Trials.Where(trial => trial.IsCompleted && trial.Values.Take(2).All(double.IsFinite))];
        SweepParameter up = chart.Parameters[1];
        return Across(chart.Parameters[0], up.Name, [Points(trials, trial => trial.Values[0], trial => trial.Values[1])]) with
        {
            Levels = up.Values,
            Logarithmic = up.IsLog,
            Low = up.Values.Count > 0 ? -0.5 : up.Minimum,
            High = up.Values.Count > 0 ? up.Values.Count - 0.5 : up.Maximum,
            Field = chart.Surface is null ? null : chart.Surface with { Percent = chart.IsPercent },
        };
    }

    /// <summary>Draws a line a trial across the parameters to the objective; the better, the brighter.</summary>
    public static ChartPanel Parallel(SweepChart chart)
    {
        SweepPoint[] trials =
        [
            .. chart.Trials.Where(trial => trial.IsCompleted && double.IsFinite(trial.Objective)).OrderByDescending(chart.Loss),
        ];
        double[] objectives = [.. trials.Select(trial => trial.Objective)];
        var last = new SweepParameter(
            chart.Objective,
            objectives.DefaultIfEmpty(0).Min(),
            objectives.DefaultIfEmpty(1).Max(),
            IsLog: false,
            []
        );
        SweepParameter[] axes = [.. chart.Parameters, last];
        double[] x = [.. axes.Select((_, index) => (double)index)];
        return new ChartPanel(
            string.Empty,
            string.Empty,
            string.Empty,
            [
                .. trials.Select(trial => new ChartSeries(
                    string.Empty,
                    x,
                    [.. trial.Values.Append(trial.Objective).Zip(axes, (value, axis) => axis.Fraction(value))]
                )
                {
                    Shade = chart.Quality(trial),
                    Hints = [.. axes.Select(_ => trial.ToString())],
                }),
            ]
        )
        {
            Categories = [.. axes.Select(axis => axis.Name)],
            Labels = [.. axes.SelectMany((axis, index) => Ends(axis, index, chart.IsPercent && axis == last))],
            HideNumbers = true,
            Low = -2 * LabelRoom,
            High = 1 + (2 * LabelRoom),
        };
    }

    private static IEnumerable<ChartLabel> Ends(SweepParameter axis, int index, bool isPercent)
    {
        string Word(double value) => isPercent ? ViewText.Percent(value) : value.ToString("G3", CultureInfo.InvariantCulture);
        return axis.Values.Count > 0
            ? axis.Values.Select((value, level) => new ChartLabel(index, axis.Fraction(level) + Shift(axis.Fraction(level)), value))
            : [new ChartLabel(index, -LabelRoom, Word(axis.Minimum)), new ChartLabel(index, 1 + LabelRoom, Word(axis.Maximum))];
    }

    /// <summary>Returns how far a word stands from its point: below the lowest one, above all others.</summary>
    private static double Shift(double fraction) => fraction <= 0 ? -LabelRoom : LabelRoom;

    private static ChartPanel Across(SweepParameter parameter, string up, IReadOnlyList<ChartSeries> series) =>
        new(string.Empty, parameter.Name, up, series) { Categories = parameter.Values, LogarithmicX = parameter.IsLog };

    private static ChartSeries Points(SweepPoint[] trials, Func<SweepPoint, double> x, Func<SweepPoint, double> y) =>
        new(string.Empty, [.. trials.Select(x)], [.. trials.Select(y)], SeriesKind.Points)
        {
            Color = 0,
            Hints = [.. trials.Select(trial => trial.ToString())],
        };
}
