namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>How pictures are mirrored left to right while training.</summary>
public enum FlipKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each picture with even odds, each time.</summary>
    Random,

    /// <summary>
    /// Each picture every other epoch, half of them in the first: two epochs see both sides of all (Jordan, arXiv 2404.00498).
    /// </summary>
    Alternating,
}
