using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The figure that a sweep makes as good as it can.</summary>
public sealed class SweepObjective
{
    private static readonly SweepObjective[] Known =
    [
        new(nameof(EpochRecord.ValidationAccuracy), isMaximized: true, epoch => epoch.ValidationAccuracy),
        new(nameof(EpochRecord.ValidationLoss), isMaximized: false, epoch => epoch.ValidationLoss),
        new(nameof(EpochRecord.TrainAccuracy), isMaximized: true, epoch => epoch.TrainAccuracy),
        new(nameof(EpochRecord.TrainLoss), isMaximized: false, epoch => epoch.TrainLoss),
    ];

    private readonly Func<EpochRecord, double> value;

    private SweepObjective(string name, bool isMaximized, Func<EpochRecord, double> value) =>
        (Name, IsMaximized, this.value) = (name, isMaximized, value);

    /// <summary>Gets the names that are known.</summary>
    public static IReadOnlyList<string> Names => [.. Known.Select(objective => objective.Name)];

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether larger values are better.</summary>
    public bool IsMaximized { get; }

    /// <summary>Returns an objective.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="NameNotFoundException">There is none of that name.</exception>
    public static SweepObjective Find(string name) =>
        Array.Find(Known, objective => objective.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NameNotFoundException("Objective.NotFound", "Objective", Names, name);

    /// <summary>Returns the value of an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <returns>The value.</returns>
    public double Of(EpochRecord epoch) => value(epoch);

    /// <summary>Returns the best value of some epochs; not a number where there is none.</summary>
    /// <param name="epochs">The epochs.</param>
    /// <returns>The value.</returns>
    public double Best(IEnumerable<EpochRecord> epochs) =>
        epochs.Select(value).Where(number => !double.IsNaN(number)).OrderBy(Loss).DefaultIfEmpty(double.NaN).First();

    /// <summary>Returns a value as a loss, the lower the better; infinite for one that is not a number.</summary>
    /// <param name="objective">The value.</param>
    /// <returns>The loss.</returns>
    public double Loss(double objective) =>
        double.IsNaN(objective) ? double.PositiveInfinity
        : IsMaximized ? -objective
        : objective;
}
