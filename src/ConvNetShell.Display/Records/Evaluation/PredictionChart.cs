using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>
/// Predicted classes with their probabilities, as bars beside the image: the true class green, a first class that is wrong red.
/// </summary>
/// <param name="Predictions">The predictions; those of one image one after the other.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record PredictionChart(IReadOnlyList<Prediction> Predictions) : IChartSource
{
    /// <summary>The most images of one figure.</summary>
    public const int MostImages = 48;

    private const int Blue = 0,
        Green = 2,
        Red = 5;

    /// <summary>Returns the number of a bar's color.</summary>
    /// <param name="prediction">The class proposed.</param>
    /// <returns>The number of green for the true class, of red for a first one that is wrong, of blue for all others.</returns>
    public static int ColorOf(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return prediction.Correct == true ? Green
            : prediction is { Rank: 1, Correct: false } ? Red
            : Blue;
    }

    /// <summary>
    /// Returns the predictions of each image, rank by rank. A rank that comes again for a source is that of another image, or of another
    /// network.
    /// </summary>
    /// <returns>One list an image, in the order in which they come.</returns>
    public IReadOnlyList<IReadOnlyList<Prediction>> ByImage()
    {
        var seen = new Dictionary<(string Source, int Rank), int>();
        return
        [
            .. Predictions
                .GroupBy(prediction =>
                {
                    seen.TryGetValue((prediction.Source, prediction.Rank), out int times);
                    seen[(prediction.Source, prediction.Rank)] = times + 1;
                    return (prediction.Source, times);
                })
                .Select(image => (IReadOnlyList<Prediction>)[.. image]),
        ];
    }

    /// <summary>Says how many images are left out of a figure.</summary>
    /// <param name="images">How many there are.</param>
    /// <param name="first">The index of the first one drawn, from 0.</param>
    /// <returns>Nothing where all are drawn.</returns>
    public static string Omission(int images, int first = 0)
    {
        int last = Math.Min(images, first + MostImages),
            omitted = images - (last - first);
        return omitted == 0
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Images {first + 1:N0} to {last:N0} of {images:N0}: {omitted:N0} {(omitted == 1 ? "is" : "are")} left out"
            );
    }

    /// <inheritdoc />
    public Chart ToChart()
    {
        IReadOnlyList<IReadOnlyList<Prediction>> images = ByImage();
        return new Chart(Omission(images.Count), [.. images.Take(MostImages).Select(Panel)]) { Text = ToString() };
    }

    /// <summary>Says each prediction in a line.</summary>
    /// <returns>For example <c>Test[12]: 1. cat 87.3 % (true: dog)</c>.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Predictions);

    private static ChartPanel Panel(IReadOnlyList<Prediction> ranks)
    {
        string truth = ranks[0].Label is { } label ? $" (true: {label})" : string.Empty;
        IEnumerable<ChartSeries> bars = ranks
            .Index()
            .GroupBy(rank => ColorOf(rank.Item))
            .Select(same => new ChartSeries(
                string.Empty,
                [.. same.Select(rank => (double)rank.Index)],
                [.. same.Select(rank => rank.Item.Probability)],
                SeriesKind.Bars
            )
            {
                Color = same.Key,
            });
        return new ChartPanel(Path.GetFileName(ranks[0].Source) + truth, string.Empty, "probability", [.. bars])
        {
            Categories = [.. ranks.Select(rank => rank.Class)],
            Horizontal = true,
            Percent = true,
            Low = 0,
            High = 1,
        };
    }
}
