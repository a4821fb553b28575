using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>How well a network says whether two images show the same class, such as the same person.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">The split.</param>
/// <param name="Classes">The classes of the images; 0 where pairs were given.</param>
/// <param name="SamePairs">The pairs of the same class.</param>
/// <param name="DifferentPairs">The pairs of different classes.</param>
/// <param name="Auc">The area under the receiver operating characteristic: the probability that a same pair is more similar than a
/// different one; chance is 0.5.</param>
/// <param name="EqualErrorRate">The error at the threshold where as many same pairs are rejected as different ones accepted.</param>
/// <param name="TrueAcceptRate">The fraction of the same pairs accepted where 1 % of the different ones are.</param>
/// <param name="Threshold">The similarity from which a pair is accepted, chosen on <see cref="ThresholdFrom"/>.</param>
/// <param name="FalseAcceptRate">The fraction of the different pairs accepted at the threshold.</param>
/// <param name="FalseRejectRate">The fraction of the same pairs rejected at the threshold.</param>
/// <param name="Roc">The receiver operating characteristic.</param>
/// <param name="Bins">The similarities.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record VerificationReport(
    string Network,
    string Dataset,
    string Split,
    int Classes,
    int SamePairs,
    int DifferentPairs,
    double Auc,
    double EqualErrorRate,
    double TrueAcceptRate,
    double Threshold,
    double FalseAcceptRate,
    double FalseRejectRate,
    IReadOnlyList<RocPoint> Roc,
    IReadOnlyList<VerificationBin> Bins
) : IChartSource
{
    private const int Blue = 0,
        Green = 2,
        Red = 5,
        Gray = 6;

    /// <summary>Gets the mean of the true accepts and the true rejects at the threshold; chance is 0.5.</summary>
    public double Accuracy => 1 - ((FalseAcceptRate + FalseRejectRate) / 2);

    /// <summary>Gets the split that the threshold was chosen on; <c>given</c> where the user gave it.</summary>
    public string ThresholdFrom { get; init; } = "Validation";

    /// <summary>Gets the area that the plain pixels of the same pairs give: the baseline.</summary>
    public double PixelAuc { get; init; } = double.NaN;

    /// <summary>Gets the lower end of the area's 95 % interval: a bootstrap over the classes, or over the pairs where they were given.
    /// </summary>
    public double AucLow { get; init; } = double.NaN;

    /// <summary>Gets the upper end of the area's 95 % interval.</summary>
    public double AucHigh { get; init; } = double.NaN;

    /// <summary>Gets the lower end of the equal error rate's 95 % interval.</summary>
    public double EqualErrorLow { get; init; } = double.NaN;

    /// <summary>Gets the upper end of the equal error rate's 95 % interval.</summary>
    public double EqualErrorHigh { get; init; } = double.NaN;

    /// <summary>Gets the lower end of the true accept rate's 95 % interval.</summary>
    public double TrueAcceptLow { get; init; } = double.NaN;

    /// <summary>Gets the upper end of the true accept rate's 95 % interval.</summary>
    public double TrueAcceptHigh { get; init; } = double.NaN;

    /// <summary>Gets the property that the images were grouped by, or <see langword="null"/>.</summary>
    public string? By { get; init; }

    /// <summary>Gets the errors among the images of each group.</summary>
    public IReadOnlyList<VerificationGroup> Groups { get; init; } = [];

    /// <summary>Gets the largest difference between the groups' rates of false accepts; NaN without groups.</summary>
    public double FalseAcceptGap { get; init; } = double.NaN;

    /// <summary>
    /// Gets the probability of such a gap where the groups were drawn at random among the classes; small where it is more than chance.
    /// </summary>
    public double FalseAcceptGapPValue { get; init; } = double.NaN;

    /// <summary>Gets the largest difference between the groups' rates of false rejects; NaN without groups.</summary>
    public double FalseRejectGap { get; init; } = double.NaN;

    /// <summary>Gets the probability of such a gap by chance.</summary>
    public double FalseRejectGapPValue { get; init; } = double.NaN;

    /// <inheritdoc />
    public Chart ToChart() => new(ToString(), [.. Panels()]) { Text = string.Join(Environment.NewLine, Lines()) };

    /// <summary>Says the network, the data and the figures.</summary>
    /// <returns>For example <c>FaceNetSmall on Faces Test: AUC 0.9960, equal error rate 2.8 %, true accepts 94.1 % at 1 % false
    /// accepts</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: AUC {Auc:F4}, equal error rate {ViewText.Percent(EqualErrorRate)}, "
                + $"true accepts {ViewText.Percent(TrueAcceptRate)} at 1 % false accepts"
        );

    private IEnumerable<string> Lines() => Groups.Select(group => group.ToString()).Prepend(ToString());

    private IEnumerable<ChartPanel> Panels()
    {
        yield return new ChartPanel(
            "receiver operating characteristic",
            "false accepts",
            "true accepts",
            [
                new ChartSeries("network", [.. Roc.Select(point => point.FalseAcceptRate)], [.. Roc.Select(point => point.TrueAcceptRate)])
                {
                    Color = Blue,
                },
                new ChartSeries("chance", [0, 1], [0, 1]) { Color = Gray, Dashed = true },
            ]
        )
        {
            Percent = true,
            Low = 0,
            High = 1,
        };
        double[] middles = [.. Bins.Select(bin => (bin.Low + bin.High) / 2)];
        yield return new ChartPanel(
            "similarity of pairs",
            "cosine",
            "fraction of the pairs",
            [
                new ChartSeries("same", middles, [.. Bins.Select(bin => bin.Same)]) { Color = Green, Plain = true },
                new ChartSeries("different", middles, [.. Bins.Select(bin => bin.Different)]) { Color = Red, Plain = true },
            ]
        )
        {
            Percent = true,
            Low = 0,
            Mark = Threshold,
            MarkText = "threshold",
        };
        if (Groups.Count > 0)
        {
            double[] at = [.. Groups.Select((_, index) => (double)index)];
            string[] hints = [.. Groups.Select(group => group.ToString())];
            yield return new ChartPanel(
                $"errors by {By}",
                string.Empty,
                "fraction of the pairs",
                [
                    new ChartSeries("false accepts", at, [.. Groups.Select(group => group.FalseAcceptRate)], SeriesKind.Bars)
                    {
                        Low = [.. Groups.Select(group => group.FalseAcceptLow)],
                        High = [.. Groups.Select(group => group.FalseAcceptHigh)],
                        Hints = hints,
                    },
                    new ChartSeries("false rejects", at, [.. Groups.Select(group => group.FalseRejectRate)], SeriesKind.Bars)
                    {
                        Low = [.. Groups.Select(group => group.FalseRejectLow)],
                        High = [.. Groups.Select(group => group.FalseRejectHigh)],
                        Hints = hints,
                    },
                ]
            )
            {
                Categories = [.. Groups.Select(group => FormattableString.Invariant($"{group.Group} (n = {group.Classes} classes)"))],
                Percent = true,
                Low = 0,
            };
        }
    }
}
