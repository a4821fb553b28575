namespace ConvNetShell.Core.Networks;

/// <summary>How weights start. Biases start at zero.</summary>
public enum Initialization
{
    /// <summary>He before rectifiers (ReLU, LeakyReLU, GELU), Xavier elsewhere, the output layer at a tenth of it, so that the first loss is near ln(classes).</summary>
    Auto,

    /// <summary>Normal with deviation sqrt(2 / inputs) (He et al., arXiv 1502.01852).</summary>
    He,

    /// <summary>Uniform up to sqrt(6 / (inputs + outputs)) (Glorot and Bengio, 2010).</summary>
    Xavier,
}
