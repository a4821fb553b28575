namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>What stands for nothing to see: the start of integrated gradients, and what covers a window in occlusion.</summary>
public enum SaliencyBaseline
{
    /// <summary>The mean color of the training data.</summary>
    Mean,

    /// <summary>Black.</summary>
    Black,

    /// <summary>White.</summary>
    White,
}
