using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Predicted classes with their probabilities, as bars: the true class green, a first class that is wrong red.</summary>
/// <param name="Predictions">The predictions; those of one image one after the other.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record PredictionChart(IReadOnlyList<Prediction> Predictions) : IChartSource
{
    private const int MostImages = 12,
        Blue = 0,
        Green = 2,
        Red = 5;

    /// <inheritdoc />
    public Chart ToChart()
    {
        IGrouping<string, Prediction>[] images = [.. Predictions.GroupBy(prediction => prediction.Source)];
        string title =
            images.Length > MostImages
                ? string.Create(CultureInfo.InvariantCulture, $"The first {MostImages} of {images.Length:N0} images")
                : string.Empty;
        return new Chart(title, [.. images.Take(MostImages).Select(Panel)]) { Text = ToString() };
    }

    /// <summary>Says each prediction in a line.</summary>
    /// <returns>For example <c>Test[12]: 1. cat 87.3 % (true: dog)</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Predictions);

    private static ChartPanel Panel(IGrouping<string, Prediction> image)
    {
        Prediction[] ranks = [.. image];
        string truth = ranks[0].Label is { } label ? $" (true: {label})" : string.Empty;
        IEnumerable<ChartSeries> bars = ranks
            .Index()
            .GroupBy(rank =>
                rank.Item.Correct == true ? Green
                : rank.Item is { Rank: 1, Correct: false } ? Red
                : Blue
            )
            .Select(same => new ChartSeries(
                string.Empty,
                [.. same.Select(rank => (double)rank.Index)],
                [.. same.Select(rank => rank.Item.Probability)],
                SeriesKind.Bars
            )
            {
                Color = same.Key,
            });
        return new ChartPanel(Path.GetFileName(image.Key) + truth, string.Empty, "probability", [.. bars])
        {
            Categories = [.. ranks.Select(rank => rank.Class)],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = 1,
        };
    }
}
