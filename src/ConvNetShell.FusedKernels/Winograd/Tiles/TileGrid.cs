namespace ConvNetShell.FusedKernels.Winograd.Tiles;

/// <summary>How an image is cut into tiles.</summary>
/// <param name="Channels">The channels of an image.</param>
/// <param name="Height">The rows of an image.</param>
/// <param name="Width">The columns of an image.</param>
/// <param name="Filters">The channels of an output.</param>
/// <param name="PaddingRows">The rows of zeros above and below an image.</param>
/// <param name="PaddingColumns">The columns of zeros left and right of an image.</param>
internal sealed record TileGrid(int Channels, int Height, int Width, int Filters, int PaddingRows, int PaddingColumns)
{
    /// <summary>Gets the rows of an output.</summary>
    public int OutputHeight { get; } = Height + 2 * PaddingRows - Tile.Lost;

    /// <summary>Gets the columns of an output.</summary>
    public int OutputWidth { get; } = Width + 2 * PaddingColumns - Tile.Lost;

    /// <summary>Gets the rows of tiles.</summary>
    public int Rows => (OutputHeight + Tile.Output - 1) / Tile.Output;

    /// <summary>Gets the columns of tiles.</summary>
    public int Columns => (OutputWidth + Tile.Output - 1) / Tile.Output;

    /// <summary>Gets the tiles of an image.</summary>
    public int Count => Rows * Columns;

    /// <summary>Gets where images are that have nothing between them.</summary>
    public MapLayout Images => MapLayout.Dense(Height, Width, Channels);

    /// <summary>Gets where outputs are that have nothing between them.</summary>
    public MapLayout Outputs => MapLayout.Dense(OutputHeight, OutputWidth, Filters);

    /// <summary>
    /// Returns the grid of the convolution that computes the gradient of the input from that of the output, with the filters rotated.
    /// </summary>
    public TileGrid Transposed() => new(Filters, OutputHeight, OutputWidth, Channels, Tile.Lost - PaddingRows, Tile.Lost - PaddingColumns);
}
