namespace ConvNetShell.Core.Layers.Initializers;

/// <summary>How weights start. Biases start at zero.</summary>
public enum InitializerKind
{
    /// <summary>
    /// He before rectifiers (ReLU, LeakyReLU, GELU), Xavier elsewhere, the output layer at a tenth of it, so that the first loss is near
    /// ln(classes).
    /// </summary>
    Auto,

    /// <summary>Normal with deviation sqrt(2 / inputs) (He et al., arXiv 1502.01852).</summary>
    He,

    /// <summary>Uniform up to sqrt(6 / (inputs + outputs)) (Glorot and Bengio, 2010).</summary>
    Xavier,

    /// <summary>Normal with mean 0 and a deviation of one's own, 0.01 by default (Krizhevsky et al., 2012).</summary>
    Normal,

    /// <summary>One number everywhere, 1 by default.</summary>
    Constant,

    /// <summary>
    /// The identity: filter i hands on channel i, by a one in the middle of its window (Zagoruyko and Komodakis, arXiv 1706.00388).
    /// </summary>
    Dirac,

    /// <summary>
    /// Dirac for the first filters, one for each input channel; those beyond are uniform up to 1 / sqrt(inputs), PyTorch's start of a
    /// convolution (Jordan, arXiv 2404.00498).
    /// </summary>
    PartialDirac,

    /// <summary>
    /// Only for a convolution on the images themselves: the directions in which windows of the training images vary, each scaled to the
    /// same variance, and their
    /// negatives (Page, How to train your ResNet 8, 2019; Jordan, arXiv 2404.00498). Filters beyond these, and all until a training begins,
    /// start as with He.
    /// </summary>
    Whitening,
}
