using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>The accuracy of each class, as bars.</summary>
/// <param name="Title">The title above them.</param>
/// <param name="Classes">The classes.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ClassChart(string Title, IReadOnlyList<ClassReport> Classes) : IChartSource
{
    /// <inheritdoc />
    public Chart ToChart() =>
        new(Title, [Panel("recall", report => report.Recall, 0), Panel("precision", report => report.Precision, 1)]) { Text = ToString() };

    /// <summary>Says each class in a line.</summary>
    /// <returns>The title and the classes.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Classes.Select(report => report.ToString()).Prepend(Title));

    private ChartPanel Panel(string name, Func<ClassReport, double> value, int color) =>
        new(
            name,
            string.Empty,
            name,
            [
                new ChartSeries(string.Empty, [.. Classes.Select((_, index) => (double)index)], [.. Classes.Select(value)], SeriesKind.Bars)
                {
                    Color = color,
                },
            ]
        )
        {
            Categories = [.. Classes.Select(report => report.Class)],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = 1,
        };
}
