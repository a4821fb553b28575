using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Training.Callbacks;

namespace ConvNetShell.Core.Sweeps.Workers;

/// <summary>A trial that this process has claimed.</summary>
public sealed class TrialAttempt
{
    private readonly SweepPruning pruning;

    internal TrialAttempt(SweepTrial trial, int attempt, SweepPruning pruning) =>
        (Trial, Attempt, this.pruning) = (trial, attempt, pruning);

    /// <summary>Gets the parameters.</summary>
    public TrialParameters Parameters => Trial.Parameters;

    /// <summary>Gets the seed.</summary>
    public int Seed => Trial.Seed;

    /// <summary>Gets the folder of the trial, made already.</summary>
    public string Folder => Trial.Folder;

    /// <summary>Gets the trial as it stood when it was claimed.</summary>
    public SweepTrial Trial { get; }

    /// <summary>Gets the attempt, from 1.</summary>
    internal int Attempt { get; }

    /// <summary>Gets or sets what is to become of the trial after its latest epoch.</summary>
    internal PruningDecision Decision { get; set; }

    /// <summary>Gets or sets the rung at which it pauses.</summary>
    internal int Rung { get; set; }

    /// <summary>Returns a receiver that pauses or prunes the trial's run after an epoch.</summary>
    /// <param name="inner">Receives the events too.</param>
    /// <returns>The receiver; the inner one where the sweep does not end trials early.</returns>
    public ITrainingCallback Watch(ITrainingCallback inner) => pruning.IsUsed ? new PruningCallback(this, pruning, inner) : inner;
}
