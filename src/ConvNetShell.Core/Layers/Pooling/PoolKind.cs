namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>What a pooling keeps of a window.</summary>
public enum PoolKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The mean of the values; padding counts as zeros.</summary>
    Mean,
}
