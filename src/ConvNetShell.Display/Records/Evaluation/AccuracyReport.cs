using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Evaluation;

/// <summary>How well a network does on a split. Accuracies are fractions from 0 to 1.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Split">Train, Validation or Test.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Loss">The mean cross-entropy in nats.</param>
/// <param name="Top1">The fraction of images whose class comes first. Equal values are ranked by the lower class index.</param>
/// <param name="Top3">The fraction of images whose class is among the first three.</param>
/// <param name="Low">The lower end of the 95 % Wilson interval of <paramref name="Top1"/>.</param>
/// <param name="High">The upper end of that interval.</param>
/// <param name="PerClass">One report for each class, in the network's order.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record AccuracyReport(
    string Network,
    string Dataset,
    string Split,
    int Count,
    double Loss,
    double Top1,
    double Top3,
    double Low,
    double High,
    IReadOnlyList<ClassReport> PerClass
) : IChartSource
{
    /// <summary>Gets the fraction of images whose class is among the first five.</summary>
    public double Top5 { get; init; } = double.NaN;

    /// <summary>Gets the accuracies that -Top asked for.</summary>
    public IReadOnlyList<TopAccuracy> Top { get; init; } = [];

    /// <summary>Gets the mean F1 of the classes with images.</summary>
    public double MacroF1 { get; init; } = double.NaN;

    /// <summary>Gets the mean F1 of the classes, each weighted by its images.</summary>
    public double WeightedF1 { get; init; } = double.NaN;

    /// <summary>Gets the mean recall of the classes with images.</summary>
    public double BalancedAccuracy { get; init; } = double.NaN;

    /// <summary>
    /// Gets the Matthews correlation coefficient, for any number of classes: 1 is perfect, 0 is no better than a constant answer.
    /// </summary>
    public double Matthews { get; init; } = double.NaN;

    /// <summary>Gets Cohen's kappa: the agreement beyond what chance gives.</summary>
    public double Kappa { get; init; } = double.NaN;

    /// <summary>
    /// Gets the mean area under the receiver operating characteristic of the classes with images, each against all others.
    /// </summary>
    public double RocAuc => Mean(PerClass.Select(report => report.RocAuc));

    /// <summary>Gets the mean average precision of the classes with images (mAP).</summary>
    public double AveragePrecision => Mean(PerClass.Select(report => report.AveragePrecision));

    /// <summary>Gets the number of images whose outputs are not all numbers (NaN); each counts as wrong.</summary>
    public int NonFinite { get; init; }

    /// <summary>Gets the views of each image that the outputs were averaged over: None, Mirror or MirrorShift.</summary>
    public string TestAugment { get; init; } = "None";

    /// <inheritdoc />
    public Chart ToChart() => new ClassChart(ToString(), PerClass).ToChart();

    /// <summary>Says the accuracy with its interval, and the loss.</summary>
    /// <returns>For example
    /// <c>CIFAR10 on Shapes Test: 94.3 % of 1,000 (95 % interval 92.7 to 95.6 %), top 3 99.1 %, loss 0.182</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Network} on {Dataset} {Split}: {100 * Top1:F1} % of {Count:N0} (95 % interval {100 * Low:F1} to {100 * High:F1} "
                + $"%), top 3 {100 * Top3:F1} %, loss {Loss:F3}"
        );

    private static double Mean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
