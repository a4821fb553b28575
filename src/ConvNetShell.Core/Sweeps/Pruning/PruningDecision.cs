namespace ConvNetShell.Core.Sweeps.Pruning;

/// <summary>What becomes of a trial after an epoch.</summary>
internal enum PruningDecision
{
    /// <summary>It continues.</summary>
    Continue,

    /// <summary>It waits with its checkpoint; it continues if it is promoted.</summary>
    Pause,

    /// <summary>It ends.</summary>
    Prune,
}
