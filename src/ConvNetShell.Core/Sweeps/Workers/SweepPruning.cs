using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Applies the sweep's rule of ending trials early to the trials in its folder.</summary>
internal sealed class SweepPruning
{
    private readonly SweepFolder folder;
    private readonly SweepObjective objective;
    private readonly MedianPruner? median;
    private readonly Func<int, int> bracketOf = _ => 0; // by the trial's number
    private readonly IReadOnlyList<SuccessiveHalving> brackets = [];
    private readonly Dictionary<int, double[]> curves = []; // of trials that have ended

    public SweepPruning(SweepFolder folder)
    {
        this.folder = folder;
        SweepDefinition definition = folder.Definition;
        objective = SweepObjective.Find(definition.Objective);
        median = definition.Pruner == PrunerKind.Median ? new MedianPruner { WarmupEpochs = definition.MinEpochs } : null;
        switch (definition.Pruner)
        {
            case PrunerKind.ASHA:
                brackets = [new SuccessiveHalving(definition.MinEpochs, definition.MaxEpochs, definition.ReductionFactor)];
                break;
            case PrunerKind.Hyperband:
                var hyperband = new Hyperband(definition.MinEpochs, definition.MaxEpochs, definition.ReductionFactor);
                (brackets, bracketOf) = (hyperband.Brackets, hyperband.BracketOf);
                break;
        }
    }

    /// <summary>Gets a value indicating whether trials may end early.</summary>
    public bool IsUsed => median is not null || Pauses;

    /// <summary>Gets a value indicating whether trials pause at rungs.</summary>
    public bool Pauses => brackets.Count > 0;

    /// <summary>Returns what becomes of a trial after its latest epoch.</summary>
    public PruningDecision Decide(TrialAttempt attempt, IReadOnlyList<EpochRecord> history)
    {
        if (Pauses)
        {
            SuccessiveHalving halving = brackets[bracketOf(attempt.Trial.Number)];
            attempt.Rung = halving.Epochs.Take(halving.Epochs.Count - 1).ToList().IndexOf(history.Count);
            return attempt.Rung >= 0 ? PruningDecision.Pause : PruningDecision.Continue;
        }
        return median!.Decide(Losses(history), Others(attempt.Trial.Number));
    }

    /// <summary>Returns the number of a paused trial that continues now, or <see langword="null"/>.</summary>
    public int? Promote(IReadOnlyList<SweepTrial> trials)
    {
        var results = new List<RungResult>();
        foreach (SweepTrial trial in trials)
        {
            for (int attempt = 1; attempt <= trial.Attempts; attempt++)
            {
                if (trial.Files.ReadPause(attempt) is { Rung: >= 0 } pause)
                {
                    results.Add(new RungResult(trial.Number, pause.Rung, objective.Loss(pause.Objective)));
                }
            }
        }
        var busy = trials.Where(trial => !IsPaused(trial)).Select(trial => trial.Number).ToHashSet();
        return brackets
            .Select((halving, index) => halving.Promote([.. results.Where(result => bracketOf(result.Trial) == index)], busy)?.Trial)
            .FirstOrDefault(trial => trial is not null);
    }

    /// <summary>Returns whether a trial waits at a rung.</summary>
    public static bool IsPaused(SweepTrial trial) =>
        trial.Status == TrialStatus.Pending && trial.Files.ReadPause(trial.Attempts) is { Rung: >= 0 };

    private IEnumerable<double[]> Others(int number)
    {
        foreach (TrialPlan plan in folder.Plans().Where(plan => plan.Number != number))
        {
            if (folder.Trial(plan) is not { Status: TrialStatus.Completed or TrialStatus.Pruned } trial)
            {
                continue;
            }
            if (!curves.TryGetValue(plan.Number, out double[]? curve))
            {
                curve = curves[plan.Number] = Losses(trial.Files.Run.ReadHistory());
            }
            yield return curve;
        }
    }

    private double[] Losses(IEnumerable<EpochRecord> history) => [.. history.Select(epoch => objective.Loss(objective.Of(epoch)))];
}
