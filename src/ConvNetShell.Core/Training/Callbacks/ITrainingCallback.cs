using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Callbacks;

/// <summary>Receives the events of a run. The calls come on the thread that started the run, which waits meanwhile.</summary>
public interface ITrainingCallback
{
    /// <summary>
    /// Gets the least time from one <see cref="OnStep"/> to the next; the first and the last step of an epoch are always reported. Default:
    /// none, every step.
    /// </summary>
    TimeSpan StepInterval => TimeSpan.Zero;

    /// <summary>Called before the first step.</summary>
    /// <param name="run">The run; its <see cref="TrainingRun.Control"/> holds and changes it.</param>
    void OnBegin(TrainingRun run) { }

    /// <summary>Called after a step.</summary>
    /// <param name="progress">Where the run stands.</param>
    void OnStep(in StepProgress progress) { }

    /// <summary>Called after each epoch and its validation.</summary>
    /// <param name="run">The run; its history ends with this epoch.</param>
    /// <param name="epoch">The epoch.</param>
    void OnEpoch(TrainingRun run, EpochRecord epoch) { }

    /// <summary>Called when something is odd but does not end the run.</summary>
    /// <param name="text">The warning.</param>
    void OnWarning(string text) { }
}
