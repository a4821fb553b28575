using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Keeps what it is told, and does something of the test's at each step, counted from 1, and when the run begins.</summary>
internal sealed class RecordingCallback(Action<int> onStep, Action<TrainingRun>? onBegin = null) : ITrainingCallback
{
    public List<StepProgress> Steps { get; } = [];

    public List<EpochRecord> Epochs { get; } = [];

    public List<string> Warnings { get; } = [];

    public void OnBegin(TrainingRun run) => onBegin?.Invoke(run);

    public void OnStep(in StepProgress progress)
    {
        Steps.Add(progress);
        onStep(Steps.Count);
    }

    public void OnEpoch(TrainingRun run, EpochRecord epoch) => Epochs.Add(epoch);

    public void OnWarning(string text) => Warnings.Add(text);
}
