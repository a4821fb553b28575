namespace ConvNetShell.FusedKernels;

/// <summary>The sizes of a convolution with stride 1 and of the max pooling and ReLU after it. Sizes without a unit count values.</summary>
/// <param name="Channels">The channels of the input.</param>
/// <param name="Height">The rows of the input.</param>
/// <param name="Width">The pixels of a row of the input.</param>
/// <param name="Filters">The filters.</param>
/// <param name="KernelHeight">The rows of a filter.</param>
/// <param name="KernelWidth">The pixels of a row of a filter.</param>
/// <param name="PaddingRows">The rows of zeros above and below.</param>
/// <param name="PaddingColumns">The columns of zeros left and right.</param>
/// <param name="PoolRows">The rows of the pooling windows, and the stride between them; 1 where it does not pool.</param>
/// <param name="PoolColumns">The columns of the pooling windows, and the stride between them; 1 where it does not pool.</param>
/// <param name="HasRelu">Whether a ReLU follows.</param>
public sealed record FusedConvShape(
    int Channels,
    int Height,
    int Width,
    int Filters,
    int KernelHeight,
    int KernelWidth,
    int PaddingRows,
    int PaddingColumns,
    int PoolRows,
    int PoolColumns,
    bool HasRelu
)
{
    private const int MostFilters = 64; // four vectors: seven output pixels are in registers at a time
    private const int LongestRow = 1024; // values in a filter row: its products are unrolled in the code
    private const int LargestWindow = short.MaxValue; // values of a pooling window: positions in it are 16-bit numbers
    private const int MostValues = 1 << 29;

    /// <summary>Gets the rows of the convolution's output.</summary>
    public int OutputHeight => Height + 2 * PaddingRows - KernelHeight + 1;

    /// <summary>Gets the pixels of a row of the convolution's output.</summary>
    public int OutputWidth => Width + 2 * PaddingColumns - KernelWidth + 1;

    /// <summary>Gets the rows of the block's output.</summary>
    public int PooledHeight => OutputHeight / PoolRows;

    /// <summary>Gets the pixels of a row of the block's output.</summary>
    public int PooledWidth => OutputWidth / PoolColumns;

    /// <summary>Gets the values of a row of the block's output.</summary>
    public int PooledRow => PooledWidth * Filters;

    /// <summary>Gets the values of the block's output for one image.</summary>
    public int Pooled => PooledHeight * PooledRow;

    /// <summary>Gets the values from one input row to the next, padding included.</summary>
    public int InputPitch => (Width + 2 * PaddingColumns) * Channels;

    /// <summary>Gets the values of an input image, padding included.</summary>
    public int Input => Height * InputPitch;

    /// <summary>Gets the padding left and right of a row of output gradients.</summary>
    public int GradientMargin => (KernelWidth - 1 - PaddingColumns) * Filters;

    /// <summary>
    /// Gets the values from one row of output gradients to the next, padding included. An odd row has one pixel more, which completes the
    /// last pair where the kernels read pairs.
    /// </summary>
    public int GradientPitch => (OutputWidth + OutputWidth % 2) * Filters + 2 * GradientMargin;

    /// <summary>Gets the pixel pairs in a row of output gradients.</summary>
    public int GradientPairs => (OutputWidth + 1) / 2;

    /// <summary>Gets the values of a filter row.</summary>
    public int FilterRow => KernelWidth * Channels;

    /// <summary>Gets a value indicating whether pooling or a ReLU follows the convolution.</summary>
    public bool HasPoolOrRelu => PoolRows * PoolColumns > 1 || HasRelu;

    /// <summary>Gets the weights of all filters.</summary>
    public int Weights => Filters * KernelHeight * FilterRow;

    /// <summary>Returns whether the kernels support these sizes.</summary>
    /// <param name="capacity">The most images of a batch: offsets into it are 32-bit numbers.</param>
    public bool IsSupported(int capacity) =>
        Filters <= MostFilters
        && Channels <= MostFilters
        && PaddingRows < KernelHeight
        && PaddingColumns < KernelWidth
        && FilterRow <= LongestRow
        && (long)PoolRows * PoolColumns <= LargestWindow
        && OutputHeight >= PoolRows
        && OutputWidth >= PoolColumns
        && (capacity + 1) * Math.Max((long)Height * InputPitch, (long)PooledHeight * PooledRow) < MostValues
        && (long)OutputHeight * GradientPitch < MostValues;

    /// <summary>Returns the output rows that a filter row meets, without the ones where it lies in the padding.</summary>
    /// <param name="kernelRow">The index of the filter row.</param>
    internal (int First, int End) OutputRows(int kernelRow) =>
        (Math.Max(PaddingRows - kernelRow, 0), Math.Min(OutputHeight, Height + PaddingRows - kernelRow));
}
