using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>An activation function as a curve with its slope, and numbers that went through it as points; softmax as bars.</summary>
/// <param name="Function">The function, for example <c>ReLU</c>.</param>
/// <param name="Curve">Points of the function; empty for softmax, which is a function of all its inputs.</param>
/// <param name="Rows">Numbers that went through it; may be empty.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ActivationChart(string Function, IReadOnlyList<ActivationRow> Curve, IReadOnlyList<ActivationRow> Rows) : IChartSource
{
    /// <inheritdoc />
    public Chart ToChart() =>
        new(Function, Curve.Count > 0 ? [Lines()] : [Bars("input x", row => row.Input, 1), Bars("output", row => row.Output, 0)])
        {
            Text = ToString(),
        };

    /// <summary>Says each number in a line.</summary>
    /// <returns>For example <c>ReLU(-0.62) = 0</c>; the name of the function without numbers.</returns>
    public override string ToString() => Rows.Count == 0 ? Function : string.Join(Environment.NewLine, Rows);

    private static double[] Inputs(IReadOnlyList<ActivationRow> rows) => [.. rows.Select(row => row.Input)];

    private ChartPanel Lines()
    {
        ChartSeries value = new("g(x)", Inputs(Curve), [.. Curve.Select(row => row.Output)]) { Color = 0 },
            slope = new("slope g'(x)", Inputs(Curve), [.. Curve.Select(row => row.Slope)]) { Color = 1, Dashed = true };
        ChartSeries[] points =
            Rows.Count == 0 ? [] : [new("inputs", Inputs(Rows), [.. Rows.Select(row => row.Output)], SeriesKind.Points) { Color = 5 }];
        return new ChartPanel(string.Empty, "x", "g(x)", [value, slope, .. points]);
    }

    private ChartPanel Bars(string title, Func<ActivationRow, double> number, int color) =>
        new(
            title,
            "class",
            title,
            [new(string.Empty, [.. Rows.Select((_, index) => (double)index)], [.. Rows.Select(number)], SeriesKind.Bars) { Color = color }]
        )
        {
            Categories = [.. Rows.Select(row => FormattableString.Invariant($"{row.Index}"))],
        };
}
