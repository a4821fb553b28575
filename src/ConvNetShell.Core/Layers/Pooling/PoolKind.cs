namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>What a pooling keeps of a window.</summary>
public enum PoolKind
{
    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The average of the values; padding counts as zeros.</summary>
    Average,

    /// <summary>The lecture's word for <see cref="Average"/>.</summary>
    Mean = Average,
}
