using System.Globalization;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Training;

/// <summary>The history of one training run, or of several to compare.</summary>
/// <param name="Title">The title above it.</param>
/// <param name="Runs">The epochs of each run, by its name.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record HistoryChart(string Title, IReadOnlyList<KeyValuePair<string, IReadOnlyList<EpochRecord>>> Runs) : IChartSource
{
    /// <summary>The name of the layers among the settings: words of the specification language.</summary>
    public const string Layers = "Layers";

    /// <summary>Initializes a new instance of the <see cref="HistoryChart"/> class for one run.</summary>
    /// <param name="title">The title above it.</param>
    /// <param name="epochs">The epochs.</param>
    /// <param name="best">The epoch whose weights were kept, or <see langword="null"/>.</param>
    public HistoryChart(string title, IReadOnlyList<EpochRecord> epochs, int? best = null)
        : this(title, [KeyValuePair.Create(string.Empty, epochs)]) => Best = best;

    /// <summary>Gets the epoch whose weights were kept; it is marked.</summary>
    public int? Best { get; init; }

    /// <summary>
    /// Gets the run's layers, seed and settings, by their names, which tell it from others; empty where they are not known.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new SettingValues(new Dictionary<string, string>());

    /// <inheritdoc />
    public Chart ToChart() =>
        Runs.Count == 1 && Runs[0].Value.Count == 1 ? Single(Runs[0].Value[0]) : new(Title, [.. Panels()]) { Text = ToString() };

    /// <summary>Says the number of epochs and the last one, of each run.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes: 5 epochs, epoch 5: loss 0.034, ...</c>.</returns>
    public override string ToString() =>
        string.Join(
            Environment.NewLine,
            Runs.Select(run =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(run.Key.Length > 0 ? run.Key : Title)}: {run.Value.Count:N0} {(run.Value.Count == 1 ? "epoch" : "epochs")}"
                        + $"{(run.Value.Count == 0 ? string.Empty : $", {run.Value[^1]}")}"
                        + $"{(Best is int best ? $", best epoch {best}" : string.Empty)}"
                )
            )
        );

    /// <summary>One epoch is no curve: its losses and accuracies are bars.</summary>
    private Chart Single(EpochRecord epoch)
    {
        bool validated = double.IsFinite(epoch.ValidationLoss) || double.IsFinite(epoch.ValidationAccuracy);
        ChartPanel Bars(string name, double train, double validation) =>
            new(
                name,
                string.Empty,
                name,
                [
                    .. new[]
                    {
                        new ChartSeries(string.Empty, [0], [train], SeriesKind.Bars) { Color = 0 },
                        new ChartSeries(string.Empty, [1], [validation], SeriesKind.Bars) { Color = 1 },
                    }.Take(validated ? 2 : 1),
                ]
            )
            {
                Categories = validated ? ["training", "validation"] : ["training"],
                Horizontal = true,
                Low = 0,
            };
        return new Chart(
            $"{Title}: epoch {epoch.Epoch.ToString(CultureInfo.InvariantCulture)}",
            [
                Bars("loss", epoch.TrainLoss, epoch.ValidationLoss),
                Bars("accuracy", epoch.TrainAccuracy, epoch.ValidationAccuracy) with
                {
                    Percent = true,
                    High = 1,
                },
            ]
        )
        {
            Text = ToString(),
        };
    }

    private IEnumerable<ChartPanel> Panels()
    {
        yield return Panel("loss", epoch => epoch.TrainLoss, epoch => epoch.ValidationLoss) with
        {
            MarkText = string.Empty,
        };
        yield return Panel("accuracy", epoch => epoch.TrainAccuracy, epoch => epoch.ValidationAccuracy) with
        {
            Percent = true,
        };
        if (Runs.SelectMany(run => run.Value).Select(epoch => epoch.LearningRate).Distinct().Count() > 1)
        {
            yield return new ChartPanel(
                "learning rate",
                "epoch",
                "learning rate",
                [.. Runs.Select((run, index) => Series(run, string.Empty, epoch => epoch.LearningRate, index, dashed: false))]
            )
            {
                Mark = Best,
            };
        }
    }

    private ChartPanel Panel(string title, Func<EpochRecord, double> train, Func<EpochRecord, double> validation)
    {
        var series = new List<ChartSeries>();
        for (int index = 0; index < Runs.Count; index++)
        {
            bool alone = Runs.Count == 1;
            ChartSeries learned = Series(Runs[index], "training", train, index, dashed: !alone),
                checkedOn = Series(Runs[index], "validation", validation, alone ? 1 : index, dashed: false);
            series.AddRange(checkedOn.Y.Any(double.IsFinite) ? [learned, checkedOn] : [learned]);
        }
        return new ChartPanel(title, "epoch", title, series)
        {
            Mark = Best,
            MarkText = Best is int best ? string.Create(CultureInfo.InvariantCulture, $"best: {best}") : string.Empty,
        };
    }

    private static ChartSeries Series(
        KeyValuePair<string, IReadOnlyList<EpochRecord>> run,
        string name,
        Func<EpochRecord, double> value,
        int color,
        bool dashed
    ) =>
        new(
            run.Key.Length == 0 || name.Length == 0 ? name : $"{run.Key}, {name}",
            [.. run.Value.Select(epoch => (double)epoch.Epoch)],
            [.. run.Value.Select(value)]
        )
        {
            Color = color,
            Dashed = dashed,
        };
}
