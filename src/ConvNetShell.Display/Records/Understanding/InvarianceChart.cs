using System.Globalization;
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
        if (change.Select(row => row.Amount).Distinct().Count() == 1)
        {
            yield return Bars([.. change]);
            yield break;
        }
        string unit = Unit(change.Key);
        yield return new ChartPanel(
            $"{change.Key}: maps",
            unit,
            "error against moved maps",
            [
                .. change
                    .GroupBy(row => row.Layer)
                    .Select((layer, index) => Curve(Name(layer), layer, row => row.EquivarianceError) with { Dashed = index >= Colors }),
            ]
        )
        {
            Low = 0,
        };
        if (change.Where(row => double.IsFinite(row.SameLabel)).ToArray() is { Length: > 0 } measured)
        {
            yield return new ChartPanel(
                $"{change.Key}: labels",
                unit,
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

    /// <summary>One amount is no curve: a bar for each layer, and the labels in the title.</summary>
    private static ChartPanel Bars(InvarianceRow[] rows)
    {
        double labels = rows.Select(row => row.SameLabel).FirstOrDefault(double.IsFinite, double.NaN);
        string change = rows[0].Change == "Flip"
                ? "Flip"
                : string.Create(CultureInfo.InvariantCulture, $"{rows[0].Change} by {rows[0].Amount}"),
            stay = double.IsNaN(labels)
                ? string.Empty
                : string.Create(CultureInfo.InvariantCulture, $": {100 * labels:F1} % of the labels stay");
        double[] indices = [.. rows.Select((_, index) => (double)index)];
        return new ChartPanel(
            change + stay,
            string.Empty,
            "error against moved maps",
            [new(string.Empty, indices, [.. rows.Select(row => row.EquivarianceError)], SeriesKind.Bars) { Color = 0 }]
        )
        {
            Categories = [.. rows.Select(row => row.Layer)],
            Labels = NotCompared(rows),
            Horizontal = true,
            Low = 0,
        };
    }

    /// <summary>A layer without any error is not at 0: no position of its maps could be compared.</summary>
    private static string Name(IGrouping<string, InvarianceRow> layer) =>
        layer.Any(row => double.IsFinite(row.EquivarianceError)) ? layer.Key : $"{layer.Key} (not compared)";

    /// <summary>Says in the place of a bar that there is none.</summary>
    private static ChartLabel[] NotCompared(InvarianceRow[] rows)
    {
        double longest = rows.Select(row => row.EquivarianceError).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        return
        [
            .. rows.Index()
                .Where(row => !double.IsFinite(row.Item.EquivarianceError))
                .Select(row => new ChartLabel(longest / 2, row.Index, "not compared")),
        ];
    }

    private static string Unit(string change) =>
        change switch
        {
            "Shift" => "pixels to the right",
            "Rotate" => "degrees counterclockwise",
            "Scale" => "factor",
            _ => "amount",
        };

    private static ChartSeries Curve(string name, IEnumerable<InvarianceRow> rows, Func<InvarianceRow, double> value)
    {
        InvarianceRow[] sorted = [.. rows.OrderBy(row => row.Amount)];
        return new ChartSeries(name, [.. sorted.Select(row => row.Amount)], [.. sorted.Select(value)]);
    }
}
