using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>A training that is to be done, here or in a job.</summary>
/// <param name="Activity">The text of the progress bar.</param>
/// <param name="Train">Trains, telling a callback, until the token is cancelled.</param>
internal sealed record TrainingWork(string Activity, Func<ITrainingCallback, CancellationToken, TrainingRun> Train)
{
    /// <summary>Gets the network of the user's that a copy of is trained, or <see langword="null"/>.</summary>
    public Network? Source { get; init; }

    /// <summary>Gets the copy, which is freed where the run cannot begin.</summary>
    public Network? Copy { get; init; }
}
