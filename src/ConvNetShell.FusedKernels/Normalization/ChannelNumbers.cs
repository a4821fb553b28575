namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>What a batch normalization computes with, at each place of a <see cref="ChannelPattern"/>.</summary>
/// <param name="mean">The means.</param>
/// <param name="factor">The scales divided by the deviations.</param>
/// <param name="shift">The shifts.</param>
/// <param name="hasRelu">Whether a ReLU follows.</param>
internal readonly unsafe struct ChannelNumbers(float* mean, float* factor, float* shift, bool hasRelu)
{
    /// <summary>Gets the means.</summary>
    public float* Mean { get; } = mean;

    /// <summary>Gets the scales divided by the deviations.</summary>
    public float* Factor { get; } = factor;

    /// <summary>Gets the shifts.</summary>
    public float* Shift { get; } = shift;

    /// <summary>Gets a value indicating whether a ReLU follows.</summary>
    public bool HasRelu { get; } = hasRelu;

    /// <summary>Returns the output before the ReLU.</summary>
    /// <param name="distance">The value's distance from the mean.</param>
    /// <param name="place">The place in the pattern.</param>
    public float Output(float distance, int place) => MathF.FusedMultiplyAdd(distance, Factor[place], Shift[place]);

    /// <summary>Returns whether the ReLU, if there is one, lets a gradient through.</summary>
    /// <param name="distance">The value's distance from the mean.</param>
    /// <param name="place">The place in the pattern.</param>
    public bool Passes(float distance, int place) => !HasRelu || Output(distance, place) > 0;
}
