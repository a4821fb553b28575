namespace ConvNetShell.Core.Inference;

/// <summary>Which views of an image a network's outputs are averaged over, before the softmax.</summary>
public enum TestAugment
{
    /// <summary>The image alone.</summary>
    None,

    /// <summary>The image and its mirror image: twice the work.</summary>
    Mirror,

    /// <summary>
    /// Both, and both of the image shifted by one pixel up and left, and down and right: six times the work. The views that are not shifted
    /// count half (airbench94, arXiv 2404.00498).
    /// </summary>
    MirrorShift,
}
