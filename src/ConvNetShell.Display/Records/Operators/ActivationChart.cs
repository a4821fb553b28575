using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>An activation function as a curve with its slope, and numbers that went through it as points; softmax as bars.</summary>
/// <param name="Function">The function, for example <c>ReLU</c>.</param>
/// <param name="Curve">Points of the function; of softmax the first probability, or empty where the rows are its inputs.</param>
/// <param name="Rows">Numbers that went through it; may be empty.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record ActivationChart(string Function, IReadOnlyList<ActivationRow> Curve, IReadOnlyList<ActivationRow> Rows) : IChartSource
{
    private const int MostNumbered = 12;
    private const double LabelRoom = 0.06; // between the end of a bar and its number

    /// <summary>
    /// Gets the number of classes of softmax's curve, which is of the first one's score, the others 0; <see langword="null"/> for a
    /// function of one number.
    /// </summary>
    public int? Classes { get; init; }

    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            Classes is int classes && Curve.Count > 0
                ? FormattableString.Invariant($"{Function} of {classes} scores: x and {classes - 1} zeros")
                : Function,
            Curve.Count > 0
                ? [Lines()]
                : [Bars("input x", row => row.Input, 1), Bars("output", row => row.Output, 0) with { Percent = true }]
        )
        {
            Text = ToString(),
        };

    /// <summary>Says each number in a line.</summary>
    /// <returns>For example <c>ReLU(-0.62) = 0</c>; the name of the function without numbers.</returns>
    public override string ToString() => Rows.Count == 0 ? Function : string.Join(Environment.NewLine, Rows);

    private static double[] Inputs(IReadOnlyList<ActivationRow> rows) => [.. rows.Select(row => row.Input)];

    private ChartPanel Lines()
    {
        (string name, string rate) = Classes is null ? ("g(x)", "slope g'(x)") : ("p(x), the first probability", "slope p'(x)");
        ChartSeries value = new(name, Inputs(Curve), [.. Curve.Select(row => row.Output)]) { Color = 0 },
            slope = new(rate, Inputs(Curve), [.. Curve.Select(row => row.Slope)]) { Color = 1, Dashed = true };
        ChartSeries[] others = Classes is int classes
            ? [new("each of the others", Inputs(Curve), [.. Curve.Select(row => (1 - row.Output) / (classes - 1))]) { Color = 2 }]
            : [];
        ChartSeries[] points =
            Rows.Count == 0 ? [] : [new("inputs", Inputs(Rows), [.. Rows.Select(row => row.Output)], SeriesKind.Points) { Color = 5 }];
        return new ChartPanel(string.Empty, "x", Classes is null ? "g(x)" : "probability", [value, .. others, slope, .. points])
        {
            Percent = Classes is not null,
        };
    }

    private ChartPanel Bars(string title, Func<ActivationRow, double> number, int color)
    {
        double[] numbers = [.. Rows.Select(number)];
        double reach = numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        return new ChartPanel(
            title,
            "class",
            title,
            [new(string.Empty, [.. Rows.Select((_, index) => (double)index)], numbers, SeriesKind.Bars) { Color = color }]
        )
        {
            Categories = [.. Rows.Select(row => FormattableString.Invariant($"{row.Index}"))],
            Labels =
                Rows.Count > MostNumbered
                    ? []
                    :
                    [
                        .. numbers
                            .Index()
                            .Where(bar => double.IsFinite(bar.Item))
                            .Select(bar => new ChartLabel(
                                bar.Index,
                                bar.Item + ((bar.Item < 0 ? -1 : 1) * LabelRoom * reach),
                                title == "output" ? Percent(bar.Item) : ViewText.Number(bar.Item)
                            )),
                    ],
        };
    }

    /// <summary>Writes a probability; one below 0.05 % with two digits that count.</summary>
    private static string Percent(double probability) =>
        probability is > 0 and < 0.0005
            ? $"{(100 * probability).ToString("G2", CultureInfo.InvariantCulture)} %"
            : ViewText.Percent(probability);
}
