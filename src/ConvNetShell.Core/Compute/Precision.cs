namespace ConvNetShell.Core.Compute;

/// <summary>
/// The numbers convolutions are computed with. Weights, statistics and the loss are float32 in any case. So are the weights' gradients
/// where our own machine code computes them; libtorch's bfloat16 convolutions round them to bfloat16 first.
/// </summary>
public enum Precision
{
    /// <summary>bfloat16 on a GPU, and where the processor takes less time with it for the network; else float32.</summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 in convolutions and in the layers after them, up to the next one that needs float32.</summary>
    BFloat16,
}
