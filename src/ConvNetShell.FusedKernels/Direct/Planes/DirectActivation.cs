namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>An activation that is a step of its own, or part of a step that scales; a ReLU is part of any step.</summary>
public enum DirectActivation
{
    /// <summary>None.</summary>
    None,

    /// <summary>x times the normal distribution's share below x.</summary>
    Gelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1.7159 tanh(2 x / 3).</summary>
    ScaledTanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x, below zero a hundredth of it.</summary>
    LeakyReLU,
}
