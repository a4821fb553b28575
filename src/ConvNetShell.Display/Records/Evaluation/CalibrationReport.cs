using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>Whether a network's confidence matches its accuracy: of all images predicted with 80 %, 80 % should be correct.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="Count">The images.</param>
/// <param name="Accuracy">The fraction classified correctly.</param>
/// <param name="Confidence">The mean probability of the predicted class.</param>
/// <param name="ExpectedError">The expected calibration error: the mean over the bins of |confidence - accuracy|, weighted with their
/// images (Guo et al., arXiv 1706.04599).</param>
/// <param name="MaximumError">The largest |confidence - accuracy| of any bin.</param>
/// <param name="Loss">The mean negative logarithm of the true class's probability.</param>
/// <param name="Brier">The mean squared error of the probabilities, summed over the classes.</param>
/// <param name="Bins">The bins of equal width.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record CalibrationReport(
    string Network,
    string Dataset,
    string Split,
    int Count,
    double Accuracy,
    double Confidence,
    double ExpectedError,
    double MaximumError,
    double Loss,
    double Brier,
    IReadOnlyList<CalibrationBin> Bins
) : IChartSource
{
    /// <summary>Gets the expected calibration error under its usual name.</summary>
    public double Ece => ExpectedError;

    /// <summary>Gets the temperature that the outputs were divided by; 1 leaves them as they are.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// Gets the temperature of the lowest loss on these images, from 0.01 to 100. Above 1 the network is too confident. Fit it on one
    /// split and use it on another.
    /// </summary>
    public double BestTemperature { get; init; } = double.NaN;

    /// <summary>Gets the loss at the best temperature.</summary>
    public double BestLoss { get; init; } = double.NaN;

    /// <summary>Gets the expected calibration error at the best temperature.</summary>
    public double BestExpectedError { get; init; } = double.NaN;

    /// <inheritdoc />
    public Chart ToChart()
    {
        CalibrationBin[] used = [.. Bins.Where(bin => bin.Count > 0)];
        return new Chart(
            string.Create(CultureInfo.InvariantCulture, $"{Network} on {Dataset} {Split}: calibration error {100 * ExpectedError:F1} %"),
            [
                new ChartPanel(
                    "reliability",
                    "confidence",
                    "accuracy",
                    [
                        new ChartSeries("network", [.. used.Select(bin => bin.Confidence)], [.. used.Select(bin => bin.Accuracy)]),
                        new ChartSeries("as sure as right", [0, 1], [0, 1]) { Dashed = true },
                    ]
                )
                {
                    Percent = true,
                    Low = 0,
                    High = 1,
                },
                new ChartPanel(
                    "images",
                    string.Empty,
                    "images",
                    [
                        new ChartSeries(
                            string.Empty,
                            [.. used.Select((_, index) => (double)index)],
                            [.. used.Select(bin => (double)bin.Count)],
                            SeriesKind.Bars
                        ),
                    ]
                )
                {
                    Categories =
                    [
                        .. used.Select(bin => string.Create(CultureInfo.InvariantCulture, $"{100 * bin.Low:F0} to {100 * bin.High:F0} %")),
                    ],
                    Horizontal = true,
                },
            ]
        )
        {
            Text = string.Join(Environment.NewLine, used.Select(bin => bin.ToString()).Prepend(ToString())),
        };
    }

    /// <summary>Says the network, the data and the error.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes Test: calibration error 1.3 % (confidence 96.1 %, accuracy 95.4 %)</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: calibration error {100 * ExpectedError:F1} % (confidence {100 * Confidence:F1} %, "
                + $"accuracy {100 * Accuracy:F1} %)"
        );
}
