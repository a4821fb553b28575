namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// How the input of a residual block gets to its end where the layers between change the shape (He et al., arXiv 1512.03385, section 4.2).
/// </summary>
public enum ShortcutKind
{
    /// <summary>As it is; the layers must keep the shape.</summary>
    Identity,

    /// <summary>Every stride-th position, with channels of zeros added: option A, without parameters.</summary>
    Pad,

    /// <summary>A 1x1 convolution with batch normalization: option B.</summary>
    Projection,
}
