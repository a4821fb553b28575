namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>The value that a pooling layer keeps of a window.</summary>
public enum PoolKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The average of the values; padding counts as zeros.</summary>
    Average,

    /// <summary>The lecture's name for <see cref="Average"/>.</summary>
    Mean = Average,
}
