using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>What changes of the picture do to the layers and to the prediction, as curves over the amount of the change.</summary>
/// <param name="Rows">The layers and the output, change by change.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record InvarianceChart(IReadOnlyList<InvarianceRow> Rows) : IChartSource
{
    private const int Colors = 7; // further curves take them again, dashed

    /// <inheritdoc />
    public Chart ToChart() => new("Changes of the picture", [.. Rows.GroupBy(row => row.Change).SelectMany(Panels)]) { Text = ToString() };

    /// <summary>Says each layer of each change in a line.</summary>
    /// <returns>For example <c>Shift 2, pool1: error 0.04</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Rows);

    private static IEnumerable<ChartPanel> Panels(IGrouping<string, InvarianceRow> change)
    {
        yield return new ChartPanel(
            $"{change.Key}: maps",
            "amount",
            "error against moved maps",
            [
                .. change
                    .GroupBy(row => row.Layer)
                    .Select((layer, index) => Curve(layer.Key, layer, row => row.EquivarianceError) with { Dashed = index >= Colors }),
            ]
        )
        {
            Low = 0,
        };
        if (change.Where(row => double.IsFinite(row.SameLabel)).ToArray() is { Length: > 0 } measured)
        {
            yield return new ChartPanel(
                $"{change.Key}: labels",
                "amount",
                "labels that stay",
                [Curve("labels that stay", measured, row => row.SameLabel) with { Color = 5 }]
            )
            {
                Percent = true,
                Low = 0,
                High = 1,
            };
        }
    }

    private static ChartSeries Curve(string name, IEnumerable<InvarianceRow> rows, Func<InvarianceRow, double> value)
    {
        InvarianceRow[] sorted = [.. rows.OrderBy(row => row.Amount)];
        return new ChartSeries(name, [.. sorted.Select(row => row.Amount)], [.. sorted.Select(value)]);
    }
}
