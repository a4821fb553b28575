using ConvNetShell.FusedKernels.Normalization;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>What the gradients of a <see cref="NormalizedConvolution"/> are computed from, and where they go.</summary>
/// <param name="values">The values of the images, before the normalization of the input if there is one.</param>
/// <param name="before">That normalization, or null.</param>
/// <param name="outputs">The outputs of the convolution, or of the pooling behind it.</param>
/// <param name="after">The gradients of the normalization behind it.</param>
/// <param name="gradients">The gradients of what is behind that one.</param>
/// <param name="filters">The filters.</param>
public readonly unsafe struct ChainGradients(
    float* values,
    FusedBatchNorm? before,
    float* outputs,
    BatchNormGradients after,
    float* gradients,
    float* filters
)
{
    /// <summary>Gets the values of the images.</summary>
    public float* Values { get; } = values;

    /// <summary>Gets the normalization of the input, or null.</summary>
    public FusedBatchNorm? Before { get; } = before;

    /// <summary>Gets the outputs of the convolution, or of the pooling behind it.</summary>
    public float* Outputs { get; } = outputs;

    /// <summary>Gets the gradients of the normalization behind it.</summary>
    public BatchNormGradients After { get; } = after;

    /// <summary>Gets the gradients of what is behind that one.</summary>
    public float* Gradients { get; } = gradients;

    /// <summary>Gets the filters.</summary>
    public float* Filters { get; } = filters;

    /// <summary>Gets the positions in the windows that the pooling took; not read without one.</summary>
    public int* Positions { get; init; }

    /// <summary>Gets where the gradient of the filters goes, or null.</summary>
    public float* FilterGradient { get; init; }

    /// <summary>Gets where the gradient of the input goes, behind the normalization before it if there is one, or null.</summary>
    public float* InputGradient { get; init; }

    /// <summary>Gets what is added to the gradient of the input, or null.</summary>
    public float* Added { get; init; }
}
