namespace ConvNetShell.Core.Layers.Activation;

/// <summary>A function applied to every value (softmax: to a vector).</summary>
public enum ActivationKind
{
    /// <summary>max(0, x).</summary>
    ReLU,

    /// <summary>x where positive, 0.01 x elsewhere.</summary>
    LeakyReLU,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1.7159 tanh(2 x / 3) (LeCun et al., 1998).</summary>
    ScaledTanh,

    /// <summary>x times the normal distribution function of x (Hendrycks and Gimpel, arXiv 1606.08415).</summary>
    GELU,

    /// <summary>exp(x) divided by its sum over the classes: probabilities.</summary>
    Softmax,
}
