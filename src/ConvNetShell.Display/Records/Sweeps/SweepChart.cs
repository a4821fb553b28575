using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>A chart of a sweep, with the numbers it shows.</summary>
/// <param name="Plot">Which chart.</param>
/// <param name="Title">The title above it.</param>
/// <param name="Objective">The objective's name.</param>
/// <param name="IsMaximized">Whether larger objectives are better.</param>
/// <param name="Parameters">The parameters it shows.</param>
/// <param name="Trials">The trials.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record SweepChart(
    SweepPlot Plot,
    string Title,
    string Objective,
    bool IsMaximized,
    IReadOnlyList<SweepParameter> Parameters,
    IReadOnlyList<SweepPoint> Trials
) : IChartSource
{
    /// <summary>Gets the importance of each parameter, the greatest first; empty in other charts.</summary>
    public IReadOnlyList<ParameterImportance> Importance { get; init; } = [];

    /// <summary>Gets the expected objective over the first two parameters; <see langword="null"/> in other charts.</summary>
    public ChartField? Surface { get; init; }

    /// <summary>Gets the best completed trial, or <see langword="null"/>.</summary>
    public SweepPoint? Best => Trials.Where(trial => trial.IsCompleted && !double.IsNaN(trial.Objective)).MinBy(Loss);

    /// <summary>Gets a value indicating whether the objectives are fractions, which are written in per cent.</summary>
    internal bool IsPercent =>
        Objective.EndsWith("Accuracy", StringComparison.Ordinal)
        && Trials.All(trial => double.IsNaN(trial.Objective) || trial.Objective is >= 0 and <= 1);

    /// <inheritdoc />
    public Chart ToChart() =>
        new(
            Title,
            Plot switch
            {
                SweepPlot.History => [SweepPanels.History(this)],
                SweepPlot.Importance => [SweepPanels.Importances(this)],
                SweepPlot.Intermediate => [SweepPanels.Intermediate(this)],
                SweepPlot.Contour => [ParameterPanels.Contour(this)],
                SweepPlot.Parallel => [ParameterPanels.Parallel(this)],
                _ => ParameterPanels.Slices(this),
            }
        )
        {
            Text = ToString(),
        };

    /// <summary>Says the title, and the importance or the best trial.</summary>
    /// <returns>For example <c>./s: History of 12 trials; best is trial 3: LearningRate 0.01: 0.71</c>.</returns>
    public override string ToString() =>
        Importance.Count > 0 ? $"{Title}: {string.Join(", ", Importance)}"
        : Best is { } best ? $"{Title}; best is {best}"
        : Title;

    /// <summary>Returns an objective as a loss, the lower the better.</summary>
    internal double Loss(SweepPoint trial) => IsMaximized ? -trial.Objective : trial.Objective;

    /// <summary>Returns how good a trial is among all: 0 the worst, 1 the best.</summary>
    internal double Quality(SweepPoint trial)
    {
        double[] known = [.. Trials.Where(other => double.IsFinite(other.Objective)).Select(Loss)];
        return known.Length == 0 || known.Max() <= known.Min() || !double.IsFinite(trial.Objective)
            ? 0.5
            : (known.Max() - Loss(trial)) / (known.Max() - known.Min());
    }
}
