using ConvNetShell.Display;

namespace ConvNetShell.Core.Training;

/// <summary>What wants to know of a run while it goes on. Called on the thread that trains.</summary>
public interface ITrainingCallback
{
    /// <summary>Called after each step.</summary>
    /// <param name="progress">Where the run stands.</param>
    void OnStep(in StepProgress progress)
    {
    }

    /// <summary>Called after each epoch and its validation.</summary>
    /// <param name="run">The run; its history ends with this epoch.</param>
    /// <param name="epoch">The epoch.</param>
    void OnEpoch(TrainingRun run, EpochRecord epoch)
    {
    }
}
