using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Core.Operators;

/// <summary>How a kernel is to move over an input.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>Gets the spatial dimensions, 1 to 3; <see langword="null"/> takes them from the shapes.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Gets the step. Default: 1.</summary>
    public SpatialSize Stride { get; init; } = 1;

    /// <summary>Gets the zeros round the input. Default: none.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>
    /// Gets a value indicating whether the padding is one less than the kernel on every side, so that every overlap counts.
    /// </summary>
    public bool Full { get; init; }

    /// <summary>Gets the step within the kernel. Default: 1.</summary>
    public SpatialSize Dilation { get; init; } = 1;

    /// <summary>Gets a value indicating whether the kernel is flipped in every dimension first: the convolution of mathematics.</summary>
    public bool Flip { get; init; }

    /// <summary>Gets the bias added to every output. Default: 0.</summary>
    public double Bias { get; init; }
}
