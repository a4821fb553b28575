using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>A convolution of a chain and the normalization behind it, with a max pooling between them if there is one.</summary>
/// <param name="Convolution">The convolution.</param>
/// <param name="Pool">The rows and columns of the windows of the pooling; 1 for none.</param>
/// <param name="Norm">The normalization.</param>
internal sealed record ChainLink(ConvModule Convolution, (int Rows, int Columns) Pool, ChainNorm Norm)
{
    /// <summary>Gets the sizes of the convolution.</summary>
    public WinogradShape Shape => Convolution.Minimal!;

    /// <summary>Gets a value indicating whether there is a pooling.</summary>
    public bool Pools => Pool != (1, 1);

    /// <summary>Gets the rows behind the pooling.</summary>
    public int Height => Shape.OutputHeight / Pool.Rows;

    /// <summary>Gets the columns behind the pooling.</summary>
    public int Width => Shape.OutputWidth / Pool.Columns;

    /// <summary>Returns the kernels.</summary>
    /// <param name="scratch">What they work in.</param>
    /// <param name="isReversed">Whether the last images are computed first.</param>
    public NormalizedConvolution Kernels(KernelScratch scratch, bool isReversed) =>
        new(Shape, scratch, Pool.Rows, Pool.Columns, isReversed);
}
