using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Predicted classes with their probabilities, as bars.</summary>
/// <param name="Predictions">The predictions; those of one image one after the other.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record PredictionChart(IReadOnlyList<Prediction> Predictions) : IChartSource
{
    private const int MostImages = 6;

    /// <inheritdoc />
    public Chart ToChart()
    {
        IGrouping<string, Prediction>[] images = [.. Predictions.GroupBy(prediction => prediction.Source)];
        return new Chart(string.Empty, [.. images.Take(MostImages).Select(Panel)]) { Text = ToString() };
    }

    /// <summary>Says each prediction in a line.</summary>
    /// <returns>For example <c>Test[12]: 1. cat 87.3 % (true: dog)</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Predictions);

    private static ChartPanel Panel(IGrouping<string, Prediction> image)
    {
        Prediction[] ranks = [.. image];
        string truth = ranks[0].Label is { } label ? $" (true: {label})" : string.Empty;
        ChartSeries Bars(bool right, int color)
        {
            (Prediction Prediction, int Index)[] chosen =
            [
                .. ranks.Select((rank, index) => (rank, index)).Where(rank => rank.rank.Correct == true == right),
            ];
            return new ChartSeries(
                string.Empty,
                [.. chosen.Select(rank => (double)rank.Index)],
                [.. chosen.Select(rank => rank.Prediction.Probability)],
                SeriesKind.Bars
            )
            {
                Color = color,
            };
        }
        return new ChartPanel(
            Path.GetFileName(image.Key) + truth,
            string.Empty,
            "probability",
            [.. new[] { Bars(right: true, 2), Bars(right: false, 0) }.Where(series => series.Y.Count > 0)]
        )
        {
            Categories = [.. ranks.Select(rank => rank.Class)],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = 1,
        };
    }
}
