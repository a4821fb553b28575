namespace ConvNetShell.FusedKernels.Winograd.Tiles;

/// <summary>A tile's place among the tiles of all images.</summary>
internal struct TilePlace
{
    private readonly int rows,
        columns;

    /// <param name="grid">How an image is cut.</param>
    /// <param name="index">Which tile of all.</param>
    public TilePlace(TileGrid grid, long index)
    {
        (rows, columns) = (grid.Rows, grid.Columns);
        Image = (nint)(index / grid.Count);
        int own = (int)(index % grid.Count);
        (Row, Column) = (own / columns, own % columns);
    }

    /// <summary>Gets the image.</summary>
    public nint Image { get; private set; }

    /// <summary>Gets the row of tiles.</summary>
    public int Row { get; private set; }

    /// <summary>Gets the column of tiles.</summary>
    public int Column { get; private set; }

    /// <summary>Goes to the next tile.</summary>
    public void Next()
    {
        if (++Column < columns)
        {
            return;
        }
        Column = 0;
        if (++Row < rows)
        {
            return;
        }
        Row = 0;
        Image++;
    }
}
