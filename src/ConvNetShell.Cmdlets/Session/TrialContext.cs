using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The trial of a sweep that a session is at: Start-Training keeps its runs in the trial's folder and continues them there.
/// </summary>
/// <param name="Folder">The trial's folder.</param>
/// <param name="Threads">The threads of a run that is not given others.</param>
/// <param name="Seed">The seed of a run that is not given another.</param>
/// <param name="Watch">Wraps the receiver of a run's events, to prune the trial or to pause it.</param>
internal sealed record TrialContext(string Folder, int Threads, int Seed, Func<ITrainingCallback, ITrainingCallback> Watch)
{
    private int runs;

    /// <summary>Returns the folder of the trial's next run.</summary>
    public RunFolder NextRun() => new(Path.Combine(Folder, ++runs == 1 ? "run" : FormattableString.Invariant($"run-{runs}")));
}
