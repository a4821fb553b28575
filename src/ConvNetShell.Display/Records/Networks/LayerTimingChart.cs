using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>The cost of a network's layers in training, as bars.</summary>
/// <param name="Rows">The layers, in order; the row of the whole network is left out of the bars and stands in the title.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record LayerTimingChart(IReadOnlyList<LayerTiming> Rows) : IChartSource
{
    /// <inheritdoc />
    public Chart ToChart()
    {
        LayerTiming[] layers = [.. Rows.Where(row => row.Type.Length > 0)],
            counted = [.. layers.Where(row => row.GFlops > 0)];
        ChartPanel[] panels =
        [
            Panel(
                "time of a batch",
                "milliseconds",
                layers,
                Bars("forwards", layers, row => row.ForwardMs, 0),
                Bars("backwards", layers, row => row.BackwardMs, 1)
            ),
        ];
        return new Chart(
            Rows.FirstOrDefault(row => row.Type.Length == 0)?.ToString() ?? "Layers",
            counted.Length == 0
                ? panels
                : [.. panels, Panel("arithmetic", "GFLOP a second", counted, Bars(string.Empty, counted, row => row.GFlops, 2))]
        )
        {
            Text = ToString(),
        };
    }

    /// <summary>Says each layer in a line.</summary>
    /// <returns>For example <c>conv1: 1.20 ms forwards, 2.30 ms backwards</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Rows);

    private static ChartPanel Panel(string title, string measure, LayerTiming[] rows, params ChartSeries[] series) =>
        new(title, string.Empty, measure, series)
        {
            Categories = [.. rows.Select(row => row.Name)],
            Horizontal = true,
            Low = 0,
        };

    private static ChartSeries Bars(string name, LayerTiming[] rows, Func<LayerTiming, double> value, int color) =>
        new(name, [.. rows.Select((_, index) => (double)index)], [.. rows.Select(value)], SeriesKind.Bars) { Color = color };
}
