namespace ConvNetShell.Core.Direct;

/// <summary>A convolution with stride 1 and the pooling and rectifier behind it. Numbers are counted in values unless said otherwise.</summary>
/// <param name="Channels">The channels of the input.</param>
/// <param name="Height">The rows of the input.</param>
/// <param name="Width">The pixels of a row of the input.</param>
/// <param name="Filters">The filters.</param>
/// <param name="KernelHeight">The rows of a filter.</param>
/// <param name="KernelWidth">The pixels of a row of a filter.</param>
/// <param name="PaddingRows">The rows of zeros above and below.</param>
/// <param name="PaddingColumns">The columns of zeros left and right.</param>
/// <param name="Side">The side of the pooling windows, which is the step between them too; 1 where there is no pooling.</param>
/// <param name="IsRectified">Whether negative values become zero.</param>
internal sealed record LinkShape(
    int Channels, int Height, int Width, int Filters, int KernelHeight, int KernelWidth, int PaddingRows, int PaddingColumns, int Side, bool IsRectified)
{
    private const int MostFilters = 64; // four vectors: seven places of the output are in registers at a time
    private const int LongestRow = 1024; // of a filter: its products stand one after the other in the code
    private const int LargestSide = 181; // of a pooling window: its places are counted in 16 bits
    private const int MostValues = 1 << 29;

    /// <summary>Gets the rows that come out of the convolution.</summary>
    public int OutputHeight => Height + 2 * PaddingRows - KernelHeight + 1;

    /// <summary>Gets the places of a row that comes out of the convolution.</summary>
    public int OutputWidth => Width + 2 * PaddingColumns - KernelWidth + 1;

    /// <summary>Gets the rows that come out of the pooling.</summary>
    public int PooledHeight => OutputHeight / Side;

    /// <summary>Gets the places of a row that comes out of the pooling.</summary>
    public int PooledWidth => OutputWidth / Side;

    /// <summary>Gets the values of a row that comes out of the pooling.</summary>
    public int PooledRow => PooledWidth * Filters;

    /// <summary>Gets the values of a picture that comes out of the pooling.</summary>
    public int Pooled => PooledHeight * PooledRow;

    /// <summary>Gets the values from one input row to the next, zeros left and right included.</summary>
    public int InputPitch => (Width + 2 * PaddingColumns) * Channels;

    /// <summary>Gets the values of an input picture, zeros left and right included.</summary>
    public int Input => Height * InputPitch;

    /// <summary>Gets the zeros the way back needs left and right of a row of gradients.</summary>
    public int GradientMargin => (KernelWidth - 1 - PaddingColumns) * Filters;

    /// <summary>Gets the values from one row of gradients to the next, zeros left and right included; a place more where the last one would have no partner.</summary>
    public int GradientPitch => (OutputWidth + OutputWidth % 2) * Filters + 2 * GradientMargin;

    /// <summary>Gets the pairs of places in a row of gradients.</summary>
    public int GradientPairs => (OutputWidth + 1) / 2;

    /// <summary>Gets the values a row of a filter has.</summary>
    public int FilterRow => KernelWidth * Channels;

    /// <summary>Gets a value indicating whether there is something to do after the convolution.</summary>
    public bool IsChanged => Side > 1 || IsRectified;

    /// <summary>Returns whether such a convolution is computed here.</summary>
    /// <param name="capacity">The most pictures of a batch: their values are counted in 32 bits.</param>
    public bool Fits(int capacity) => Filters <= MostFilters && Channels <= MostFilters && PaddingRows < KernelHeight && PaddingColumns < KernelWidth
        && FilterRow <= LongestRow && Side <= LargestSide && OutputHeight >= Side && OutputWidth >= Side
        && (capacity + 1) * Math.Max((long)Height * InputPitch, (long)PooledHeight * PooledRow) < MostValues
        && (long)OutputHeight * GradientPitch < MostValues;
}
