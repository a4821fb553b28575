using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Callbacks;

/// <summary>Forwards a run's events to the thread that started it, and waits until they are handled.</summary>
/// <param name="queue">The queue that thread drains.</param>
/// <param name="callback">Receives the events, or <see langword="null"/>.</param>
internal sealed class CallerCallback(PipelineQueue queue, ITrainingCallback? callback) : ITrainingCallback
{
    /// <inheritdoc />
    public TimeSpan StepInterval => callback?.StepInterval ?? TimeSpan.MaxValue;

    /// <inheritdoc />
    public void OnBegin(TrainingRun run) => Send(target => target.OnBegin(run));

    /// <inheritdoc />
    public void OnStep(in StepProgress progress)
    {
        StepProgress copy = progress;
        Send(target => target.OnStep(copy));
    }

    /// <inheritdoc />
    public void OnEpoch(TrainingRun run, EpochRecord epoch) => Send(target => target.OnEpoch(run, epoch));

    /// <inheritdoc />
    public void OnWarning(string text) => Send(target => target.OnWarning(text));

    private void Send(Action<ITrainingCallback> message)
    {
        if (callback is not null)
        {
            queue.Send(() => message(callback));
        }
    }
}
