using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>A sweep as it stands.</summary>
/// <param name="folder">The folder.</param>
/// <param name="definition">What it is to do.</param>
/// <param name="trials">The trials so far.</param>
public sealed class Sweep(string folder, SweepDefinition definition, IReadOnlyList<SweepTrial> trials)
{
    private readonly RecordList<SweepTrial> trials = new([.. trials], "trial");
    private readonly SweepObjective objective = SweepObjective.Find(definition.Objective);

    /// <summary>Gets the folder.</summary>
    public string Path => folder;

    /// <summary>Gets how parameters are chosen.</summary>
    public SweepMethod Method => definition.Method;

    /// <summary>Gets the name of the objective.</summary>
    public string Objective => definition.Objective;

    /// <summary>Gets the trials that were planned so far, in order.</summary>
    public IReadOnlyList<SweepTrial> Trials => trials;

    /// <summary>Gets the number of trials of the whole sweep.</summary>
    public int Count => definition.Method == SweepMethod.TPE ? definition.Trials * definition.Repeat : trials.Count;

    /// <summary>Gets the number of trials that have ended: completed, pruned or failed.</summary>
    public int Finished => trials.Count(trial => trial.HasEnded);

    /// <summary>Gets the number of trials that failed.</summary>
    public int Failed => trials.Count(trial => trial.Status == TrialStatus.Failed);

    /// <summary>Gets a value indicating whether no trial is left, or more have failed than the sweep allows.</summary>
    public bool HasEnded => Finished >= Count || Failed > (definition.MaxFailures ?? int.MaxValue);

    /// <summary>Gets the best completed trial, of the set with the best mean; <see langword="null"/> where none is completed.</summary>
    public SweepTrial? Best =>
        Ranking is [{ Set: var set }, ..]
            ? trials
                .Where(trial => trial.Set == set && trial.Status == TrialStatus.Completed)
                .MinBy(trial => objective.Loss(trial.Objective))
            : null;

    /// <summary>
    /// Gets the parameter sets ranked by the mean over their seeds, with the spread; sets that are tied with the best say so.
    /// </summary>
    public IReadOnlyList<ParameterSet> Ranking => new RecordList<ParameterSet>([.. SweepRanking.Of(trials, objective)], "set");

    /// <summary>Gets what the sweep is to do.</summary>
    public SweepDefinition Definition => definition;

    /// <summary>
    /// Gets the time that the remaining trials take one after the other at the mean of the finished ones; zero before one is.
    /// </summary>
    public TimeSpan WorkLeft
    {
        get
        {
            SweepTrial[] known = [.. trials.Where(trial => trial.Status == TrialStatus.Completed)];
            return known.Length == 0
                ? TimeSpan.Zero
                : TimeSpan.FromSeconds(known.Average(trial => trial.Elapsed.TotalSeconds) * (Count - Finished));
        }
    }

    /// <summary>Says the folder, the method and how far it is.</summary>
    /// <returns>For example <c>./s: Grid, 3 of 6 trials finished, best ValidationAccuracy 0.71</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}: {Method}, {Finished} of {Count} trials finished")
        + (Best is { } best ? string.Create(CultureInfo.InvariantCulture, $", best {Objective} {best.Objective:G4}") : string.Empty);
}
