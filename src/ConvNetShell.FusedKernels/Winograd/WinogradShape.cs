using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The sizes of a convolution with windows of 3x3 pixels that move by one pixel.</summary>
/// <param name="Channels">The channels of an image.</param>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The columns of an image.</param>
/// <param name="Filters">The filters, which are the channels of an output.</param>
/// <param name="PaddingRows">The rows of zeros above and below an image, 0 or 1.</param>
/// <param name="PaddingColumns">The columns of zeros left and right of an image, 0 or 1.</param>
public sealed record WinogradShape(int Channels, int Height, int Width, int Filters, int PaddingRows, int PaddingColumns) : IRowShape
{
    /// <inheritdoc />
    public int OutputHeight => Height + 2 * PaddingRows - Tile.Lost;

    /// <inheritdoc />
    public int OutputWidth => Width + 2 * PaddingColumns - Tile.Lost;

    /// <inheritdoc />
    public IRowConvolution With(KernelScratch scratch) => new WinogradConvolution(this, scratch);
}
