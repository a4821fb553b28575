using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Winograd;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A convolution of 3x3 pixels by minimal filtering.</summary>
internal sealed unsafe class TileStep : ConvolutionStep
{
    private const int LeastTiles = 4; // of an image: rows of products are computed at least four at a time
    private const int LeastNumbers = 16; // channels, and filters: a vector
    private readonly TileGrid grid;
    private NativeBuffer<float>? transformed,
        added;

    /// <param name="input">Its input.</param>
    /// <param name="window">The window, one that <see cref="Suits"/>.</param>
    /// <param name="filters">The weights: filters x rows x columns x channels.</param>
    /// <param name="bias">A number for each filter.</param>
    public TileStep(Plane input, DirectWindow window, float[] filters, float[] bias)
        : base(input, window.Over(input, bias.Length), filters, bias) => grid = Grid(input, window, bias.Length);

    protected override int MostParts => Math.Max(Rows, Panels);

    protected override int PartsOfThread => Rows >= Panels ? base.PartsOfThread : 2; // as each of some filters transforms the whole image

    private int Rows => (grid.Count + ProductTile.Rows - 1) / ProductTile.Rows; // of products, those of eight tiles each

    private int Panels => (grid.Filters + Winograd.Panels.Wide - 1) / Winograd.Panels.Wide;

    /// <summary>Says whether a convolution may be computed so, and is then faster.</summary>
    /// <param name="input">Its input.</param>
    /// <param name="window">The window.</param>
    /// <param name="filters">The filters.</param>
    public static bool Suits(Plane input, DirectWindow window, int filters) =>
        input.Frames == 1
        && window
            is { Frames: 1, Rows: Tile.Filter, Columns: Tile.Filter, RowStep: 1, ColumnStep: 1, Top: < 2, Left: < 2, Front: 0, Back: 0 }
        && (window.Top, window.Left) == (window.Bottom, window.Right)
        && Math.Min(input.Channels, filters) >= LeastNumbers
        && Grid(input, window, filters).Count >= LeastTiles;

    protected override void Pack(INativeMemory allocator)
    {
        int step = KernelScratch.FilterStep(grid.Channels, grid.Filters);
        transformed = new NativeBuffer<float>(checked(Tile.Points * step), allocator);
        added = new NativeBuffer<float>(Bias.Length, allocator);
        Bias.CopyTo(added.Slice(0, Bias.Length));
        using var scratch = new KernelScratch(allocator);
        fixed (float* filters = Filters)
        {
            new FilterTransform(grid.Channels, grid.Filters, scratch.Workspace, scratch.Block).Forward(filters, transformed.Start, step);
        }
    }

    public override void Run(ImageMemory images, int part, int parts)
    {
        KernelScratch scratch = images.Pool.Take();
        var convolution = new TileConvolution(
            new InputTransform(grid, new MapLayout(Input.Row, images.Step), scratch.Workspace),
            new OutputTransform(grid, new MapLayout(Output.Row, images.Step), Rectifies),
            scratch.For(grid.Channels, grid.Filters, (nint)transformed!.Start)
        );
        long tiles = (long)images.Count * grid.Count,
            begin = 0,
            end = tiles;
        var range = new FilterRange(0, grid.Filters);
        if (Rows >= Panels)
        {
            long rows = (tiles + ProductTile.Rows - 1) / ProductTile.Rows;
            begin = rows * part / parts * ProductTile.Rows;
            end = Math.Min(tiles, rows * (part + 1) / parts * ProductTile.Rows);
        }
        else
        {
            int last = Panels * (part + 1) / parts * Winograd.Panels.Wide;
            range = new FilterRange(Panels * part / parts * Winograd.Panels.Wide, Math.Min(last, grid.Filters));
        }
        float* memory = images.Of(0);
        convolution.Run(memory + Input.At(0, 0), added!.Start, memory + Output.At(0, 0), begin, end, range);
        images.Pool.Return(scratch);
    }

    private static TileGrid Grid(Plane input, DirectWindow window, int filters) =>
        new(input.Channels, input.Height, input.Width, filters, window.Top, window.Left);
}
