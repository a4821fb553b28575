using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>Stops the run of a trial after the epoch at which it is paused or pruned.</summary>
internal sealed class PruningCallback(TrialAttempt attempt, SweepPruning pruning, ITrainingCallback inner) : ITrainingCallback
{
    /// <inheritdoc />
    public TimeSpan StepInterval => inner.StepInterval;

    /// <inheritdoc />
    public void OnBegin(TrainingRun run) => inner.OnBegin(run);

    /// <inheritdoc />
    public void OnStep(in StepProgress progress) => inner.OnStep(progress);

    /// <inheritdoc />
    public void OnEpoch(TrainingRun run, EpochRecord epoch)
    {
        inner.OnEpoch(run, epoch);
        if (epoch.Epoch < run.Settings.Epochs && pruning.Decide(attempt, run.History) is var decision and not PruningDecision.Continue)
        {
            attempt.Decision = decision;
            run.Control.Stop();
        }
    }

    /// <inheritdoc />
    public void OnWarning(string text) => inner.OnWarning(text);
}
