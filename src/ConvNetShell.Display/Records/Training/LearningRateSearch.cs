using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Training;

/// <summary>The losses of a network whose learning rate grew from step to step, and the rate they suggest.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Settings">The settings it was tried with.</param>
/// <param name="Suggestion">A peak for the learning rate; not a number where the loss never fell.</param>
/// <param name="Method">How the suggestion is found.</param>
/// <param name="Diverged">Whether the loss ran away before the largest rate was tried.</param>
/// <param name="Points">The steps.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record LearningRateSearch(
    string Network,
    string Dataset,
    string Settings,
    double Suggestion,
    string Method,
    bool Diverged,
    IReadOnlyList<LearningRatePoint> Points
) : IChartSource
{
    private const double RoomAboveFirstLoss = 1.5; // losses that ran away would flatten all the others

    /// <inheritdoc />
    public Chart ToChart()
    {
        double most = Points.Count == 0 ? 0 : RoomAboveFirstLoss * Points[0].SmoothedLoss;
        double[] rates = [.. Points.Select(point => point.LearningRate)];
        return new Chart(
            $"{Network} on {Dataset}",
            [
                new ChartPanel(
                    string.Empty,
                    "learning rate",
                    "loss",
                    [
                        new ChartSeries("of each batch", rates, [.. Points.Select(point => point.Loss <= most ? point.Loss : double.NaN)])
                        {
                            Color = 4,
                        },
                        new ChartSeries(
                            "smoothed",
                            rates,
                            [.. Points.Select(point => point.SmoothedLoss <= most ? point.SmoothedLoss : double.NaN)]
                        )
                        {
                            Color = 0,
                        },
                    ]
                )
                {
                    LogarithmicX = true,
                    Mark = double.IsFinite(Suggestion) ? Suggestion : null,
                    MarkText = double.IsFinite(Suggestion)
                        ? string.Create(CultureInfo.InvariantCulture, $"suggested: {Suggestion:G3}")
                        : string.Empty,
                },
            ]
        )
        {
            Text = ToString(),
        };
    }

    /// <summary>Says the suggestion.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes: 0.035 (steepest fall of the smoothed loss)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network} on {Dataset}: {Suggestion:G3} ({Method})");
}
