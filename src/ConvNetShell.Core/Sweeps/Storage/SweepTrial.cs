using System.Globalization;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>A trial of a sweep as it stands.</summary>
public sealed class SweepTrial
{
    private readonly TrialPlan plan;
    private readonly TrialFolder folder;

    internal SweepTrial(TrialPlan plan, TrialFolder folder) => (this.plan, this.folder) = (plan, folder);

    /// <summary>Gets the number, from 1.</summary>
    public int Number => plan.Number;

    /// <summary>Gets the identity: a hash of the parameters and the repetition.</summary>
    public string Id => plan.Id;

    /// <summary>Gets the parameters.</summary>
    public TrialParameters Parameters => plan.Parameters;

    /// <summary>Gets how far it came.</summary>
    public TrialStatus Status { get; internal init; }

    /// <summary>Gets a value indicating whether it has ended: completed, pruned or failed.</summary>
    public bool HasEnded => Status is TrialStatus.Completed or TrialStatus.Pruned or TrialStatus.Failed;

    /// <summary>Gets the objective; not a number where there is none.</summary>
    public double Objective { get; internal init; } = double.NaN;

    /// <summary>Gets the error of a failed trial, or <see langword="null"/>.</summary>
    public string? Error { get; internal init; }

    /// <summary>Gets the time it took, in all attempts that ended by themselves.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>Gets the attempts that were begun.</summary>
    public int Attempts { get; internal init; }

    /// <summary>Gets the parameter set, from 1: trials that differ in the seed only have the same one.</summary>
    public int Set => plan.Set;

    /// <summary>Gets the seed.</summary>
    public int Seed => plan.Seed;

    /// <summary>Gets the folder.</summary>
    public string Folder => folder.Path;

    /// <summary>Gets the kept run; <see langword="null"/> where none was begun.</summary>
    public StoredRun? Run => File.Exists(folder.Run.RecordPath) ? RunStore.Open(folder.Run.Path) : null;

    /// <summary>Says the number, the parameters, the status and the objective.</summary>
    /// <returns>For example <c>3: LearningRate 0.01, Completed, 0.71</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}: {Parameters}, {Status}, {Objective:G4}");

    /// <summary>Gets the pauses at rungs by attempt, that of the latest one included.</summary>
    internal IReadOnlyList<TrialPause> Rungs { get; init; } = [];

    /// <summary>Gets a value indicating whether it waits at a rung.</summary>
    internal bool IsPaused { get; init; }

    internal TrialFolder Files => folder;

    internal TrialPlan Plan => plan;
}
