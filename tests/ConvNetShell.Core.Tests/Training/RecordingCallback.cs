using ConvNetShell.Core.Training;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Keeps what it is told, and does something of the test's at each step, counted from 1.</summary>
internal sealed class RecordingCallback(Action<int> onStep) : ITrainingCallback
{
    public List<StepProgress> Steps { get; } = [];

    public List<EpochRecord> Epochs { get; } = [];

    public void OnStep(in StepProgress progress)
    {
        Steps.Add(progress);
        onStep(Steps.Count);
    }

    public void OnEpoch(TrainingRun run, EpochRecord epoch) => Epochs.Add(epoch);
}
