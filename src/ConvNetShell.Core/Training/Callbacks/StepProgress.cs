namespace ConvNetShell.Core.Training.Callbacks;

/// <summary>Where a run stands after a step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">The epochs of the run.</param>
/// <param name="Step">The step within the epoch, from 1.</param>
/// <param name="Steps">The steps of an epoch.</param>
/// <param name="Loss">The mean loss of the epoch so far.</param>
/// <param name="Accuracy">The fraction classified correctly in the epoch so far, from 0 to 1.</param>
/// <param name="ImagesPerSecond">Training images a second in the epoch so far.</param>
/// <param name="TimeLeft">The time the rest of the run will take at this pace.</param>
public readonly record struct StepProgress(
    int Epoch,
    int Epochs,
    int Step,
    int Steps,
    double Loss,
    double Accuracy,
    double ImagesPerSecond,
    TimeSpan TimeLeft
);
