using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Does something of the test's after each epoch.</summary>
internal sealed class EpochWatcher(Action onEpoch) : ITrainingCallback
{
    public void OnEpoch(TrainingRun run, EpochRecord epoch) => onEpoch();
}
