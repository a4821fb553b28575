namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>How far a trial came.</summary>
public enum TrialStatus
{
    /// <summary>It waits, new or interrupted; an interrupted one continues from its checkpoint.</summary>
    Pending,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It has its objective.</summary>
    Completed,

    /// <summary>It was ended early, with the objective so far.</summary>
    Pruned,

    /// <summary>An error ended it.</summary>
    Failed,
}
