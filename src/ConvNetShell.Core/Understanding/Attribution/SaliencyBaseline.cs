namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>The picture without information: the start of integrated gradients, and the cover of a window in occlusion.</summary>
public enum SaliencyBaseline
{
    /// <summary>The mean color of the training data.</summary>
    Mean,

    /// <summary>Black.</summary>
    Black,

    /// <summary>White.</summary>
    White,
}
