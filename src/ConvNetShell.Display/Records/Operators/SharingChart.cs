using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>What sharing filters saves, as bars over orders of magnitude.</summary>
/// <param name="Rows">The convolutions.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record SharingChart(IReadOnlyList<SharingRow> Rows) : IChartSource
{
    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            "With and without sharing",
            [
                Panel(
                    "parameters",
                    Bars("convolution", row => row.ConvParameters, 0),
                    Bars("locally connected", row => row.LocalParameters, 1),
                    Bars("dense", row => row.DenseParameters, 5)
                ),
                Panel("multiply-adds", Bars("convolution", row => row.ConvMACs, 0), Bars("dense", row => row.DenseMACs, 5)),
            ]
        )
        {
            Text = ToString(),
        };

    /// <summary>Says each layer in a line.</summary>
    /// <returns>For example <c>conv1: a dense layer has 41,426 times the parameters and 41 times the multiply-adds</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Rows);

    private ChartPanel Panel(string title, params ChartSeries[] series) =>
        new(title, string.Empty, title, series)
        {
            Categories = [.. Rows.Select(row => row.Layer)],
            Horizontal = true,
            Logarithmic = true,
        };

    private ChartSeries Bars(string name, Func<SharingRow, double> value, int color) =>
        new(name, [.. Rows.Select((_, index) => (double)index)], [.. Rows.Select(value)], SeriesKind.Bars) { Color = color };
}
