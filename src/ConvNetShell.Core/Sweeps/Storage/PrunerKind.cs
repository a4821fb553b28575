namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>How a sweep ends trials early.</summary>
public enum PrunerKind
{
    /// <summary>All trials are whole.</summary>
    None,

    /// <summary>The median stopping rule.</summary>
    Median,

    /// <summary>Asynchronous successive halving.</summary>
    ASHA,

    /// <summary>Hyperband: brackets of asynchronous successive halving that begin with different numbers of epochs.</summary>
    Hyperband,
}
