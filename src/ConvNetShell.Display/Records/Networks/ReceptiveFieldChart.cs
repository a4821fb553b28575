using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>How the receptive field grows from layer to layer.</summary>
/// <param name="Rows">The layers.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ReceptiveFieldChart(IReadOnlyList<ReceptiveFieldInfo> Rows) : IChartSource
{
    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            "Receptive field",
            [
                new ChartPanel(
                    string.Empty,
                    string.Empty,
                    "pixels of the input",
                    [
                        Bars("from layer to layer", row => row.Size.DefaultIfEmpty(0).Max(), 0),
                        .. Rows.Any(row => row.EffectiveSize is not null)
                            ? [Bars("effective", row => row.EffectiveSize?.DefaultIfEmpty(0).Max() ?? double.NaN, 1)]
                            : Array.Empty<ChartSeries>(),
                    ]
                )
                {
                    Categories = [.. Rows.Select(row => row.Layer)],
                    Horizontal = true,
                    Low = 0,
                },
            ]
        )
        {
            Text = ToString(),
        };

    /// <summary>Says each layer in a line.</summary>
    /// <returns>For example <c>pool3: 36x36, jump 8x8</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Rows);

    private ChartSeries Bars(string name, Func<ReceptiveFieldInfo, double> value, int color) =>
        new(name, [.. Rows.Select((_, index) => (double)index)], [.. Rows.Select(value)], SeriesKind.Bars) { Color = color };
}
