namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>How a sweep chooses parameters.</summary>
public enum SweepMethod
{
    /// <summary>All combinations.</summary>
    Grid,

    /// <summary>Random values.</summary>
    Random,

    /// <summary>The tree-structured Parzen estimator.</summary>
    TPE,
}
