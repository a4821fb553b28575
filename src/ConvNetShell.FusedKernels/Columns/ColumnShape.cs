using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Columns;

/// <summary>The sizes of a convolution of pictures with windows of any size and step.</summary>
/// <param name="Channels">The channels of an image.</param>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The columns of an image.</param>
/// <param name="Filters">The filters, which are the channels of an output.</param>
/// <param name="Window">The windows, of one frame.</param>
public sealed record ColumnShape(int Channels, int Height, int Width, int Filters, DirectWindow Window) : IRowShape
{
    /// <inheritdoc />
    public int OutputHeight => (Height + Window.Top + Window.Bottom - Window.Rows) / Window.RowStep + 1;

    /// <inheritdoc />
    public int OutputWidth => (Width + Window.Left + Window.Right - Window.Columns) / Window.ColumnStep + 1;

    /// <inheritdoc />
    public IRowConvolution With(KernelScratch scratch) => new ColumnConvolution(this, scratch);

    /// <summary>Gets the pixels of an output.</summary>
    internal int Pixels => OutputHeight * OutputWidth;

    /// <summary>Gets the numbers of an image.</summary>
    internal nint Image => (nint)Height * Width * Channels;

    /// <summary>Gets the numbers of a window, which are those of a filter.</summary>
    internal int Length => Window.Rows * Window.Columns * Channels;
}
