using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Applies the sweep's rule of ending trials early to the trials in its folder.</summary>
internal sealed class SweepPruning
{
    private readonly TrialQueue queue;
    private readonly SweepObjective objective;
    private readonly MedianPruner? median;
    private readonly Func<int, int> bracketOf = _ => 0; // by the trial's number
    private readonly IReadOnlyList<SuccessiveHalving> brackets = [];
    private readonly Dictionary<int, double[]> curves = []; // of trials that have ended

    public SweepPruning(SweepDefinition definition, TrialQueue queue)
    {
        this.queue = queue;
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

    /// <summary>Returns a paused trial that continues now, or <see langword="null"/>.</summary>
    public SweepTrial? Promote()
    {
        while (Candidate() is { } number)
        {
            int known = queue[number].Attempts;
            if (queue.Update(number) is { IsPaused: true } trial && trial.Attempts == known) // else another worker has had it
            {
                return trial;
            }
        }
        return null;
    }

    private int? Candidate() =>
        brackets
            .Select((halving, index) => halving.Promote([.. Results(index)], queue.Busy)?.Trial)
            .FirstOrDefault(trial => trial is not null);

    private IEnumerable<RungResult> Results(int bracket) =>
        queue
            .Begun.Where(trial => bracketOf(trial.Number) == bracket)
            .SelectMany(trial => trial.Rungs.Select(pause => new RungResult(trial.Number, pause.Rung, objective.Loss(pause.Objective))));

    private IEnumerable<double[]> Others(int number)
    {
        queue.Update();
        foreach (SweepTrial trial in queue.Begun.Where(trial => trial.Number != number))
        {
            if (trial.Status is not (TrialStatus.Completed or TrialStatus.Pruned))
            {
                continue;
            }
            if (!curves.TryGetValue(trial.Number, out double[]? curve))
            {
                curve = curves[trial.Number] = Losses(trial.Files.Run.ReadHistory());
            }
            yield return curve;
        }
    }

    private double[] Losses(IEnumerable<EpochRecord> history) => [.. history.Select(epoch => objective.Loss(objective.Of(epoch)))];
}
