using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>
/// How the layers of a network behave: dead and saturated units, the ratio of an update to the weight, and the gradient that reaches each
/// layer.
/// </summary>
/// <param name="Rows">The layers, in order.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record LayerMeasureChart(IReadOnlyList<LayerMeasure> Rows) : IChartSource
{
    private const double HealthyRatio = 0.001;

    /// <inheritdoc />
    public Chart ToChart() => new("Layers", [.. Panels()]) { Text = ToString() };

    /// <summary>Says each layer in a line.</summary>
    /// <returns>For example <c>relu1: mean 0.31, deviation 0.54, 12.5 % dead</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Rows);

    private IEnumerable<ChartPanel> Panels()
    {
        LayerMeasure[] units = [.. Rows.Where(row => double.IsFinite(row.DeadFraction) || double.IsFinite(row.SaturatedFraction))];
        if (units.Length > 0)
        {
            ChartSeries[] fractions =
            [
                Bars("dead units", units, row => row.DeadFraction, 5),
                Bars("saturated values", units, row => row.SaturatedFraction, 1),
            ];
            yield return Panel("units that do not learn", "fraction", units, [.. fractions.Where(series => series.Y.Count > 0)]) with
            {
                Percent = true,
                Horizontal = true,
                Low = 0,
                High = 1,
            };
        }
        LayerMeasure[] weighted = [.. Rows.Where(row => row.UpdateRatio > 0)];
        if (weighted.Length > 0)
        {
            yield return Panel(
                "update of the weights",
                "update / weight",
                weighted,
                [
                    Line("update ratio", weighted, row => row.UpdateRatio, 0),
                    new ChartSeries("about healthy: 0.001", [0, weighted.Length - 1], [HealthyRatio, HealthyRatio])
                    {
                        Color = 6,
                        Dashed = true,
                    },
                ]
            ) with
            {
                Logarithmic = true,
            };
        }
        LayerMeasure[] reached = [.. Rows.Where(row => row.SignalGradient > 0)];
        if (reached.Length > 0)
        {
            yield return Panel(
                "gradient that arrives",
                "root mean square",
                reached,
                [Line("gradient", reached, row => row.SignalGradient, 2)]
            ) with
            {
                Logarithmic = true,
            };
        }
    }

    private static ChartPanel Panel(string title, string measure, LayerMeasure[] rows, IReadOnlyList<ChartSeries> series) =>
        new(title, string.Empty, measure, series) { Categories = [.. rows.Select(row => row.Layer)] };

    private static ChartSeries Line(string name, LayerMeasure[] rows, Func<LayerMeasure, double> value, int color) =>
        new(name, [.. rows.Select((_, index) => (double)index)], [.. rows.Select(value)]) { Color = color };

    private static ChartSeries Bars(string name, LayerMeasure[] rows, Func<LayerMeasure, double> value, int color)
    {
        int[] indices = [.. Enumerable.Range(0, rows.Length).Where(index => double.IsFinite(value(rows[index])))];
        return new(name, [.. indices.Select(index => (double)index)], [.. indices.Select(index => value(rows[index]))], SeriesKind.Bars)
        {
            Color = color,
        };
    }
}
