using ConvNetShell.FusedKernels.Direct;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The memory that a convolution works in, for as many tiles as are computed at a time.</summary>
internal sealed unsafe class WinogradScratch : IDisposable
{
    private const int CacheSize = 1 << 21; // bytes of a core's second cache
    private const int FewTiles = 32; // where filters stay in that cache, the tiles should, too
    private const int ManyTiles = 64; // where they do not, more products for each time that they are read

    // transforms write all points of a tile in turn; were they a power of two apart, they would share a few lines of the first cache
    private const int Gap = Lanes.Count;
    private readonly NativeBuffer<float> inputs,
        sums,
        filters,
        workspace,
        block;

    /// <param name="channels">The channels of an image.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="memory">Allocates the memory.</param>
    public WinogradScratch(int channels, int filters, INativeMemory memory)
    {
        int wideInput = Lanes.Vectors(channels) * Lanes.Count,
            wideOutput = Lanes.Vectors(filters) * Lanes.Count;
        Tiles = (long)wideInput * wideOutput * Tile.Points * sizeof(float) > CacheSize ? ManyTiles : FewTiles;
        int inputStep = Tiles * Tile.Stride(channels) + Gap,
            sumStep = Tiles * Tile.Stride(filters) + Gap,
            filterStep = checked(wideInput * wideOutput + Gap);
        inputs = new NativeBuffer<float>(checked(Tile.Points * inputStep), memory);
        sums = new NativeBuffer<float>(checked(Tile.Points * sumStep), memory);
        this.filters = new NativeBuffer<float>(checked(Tile.Points * filterStep), memory);
        Buffers = new TileBuffers((nint)inputs.Start, inputStep, (nint)sums.Start, sumStep, (nint)this.filters.Start, filterStep);
        workspace = new NativeBuffer<float>(Tile.Points * Lanes.Count, memory);
        block = new NativeBuffer<float>(FilterTransform.BlockNumbers, memory);
    }

    /// <summary>Gets how many tiles are computed at a time.</summary>
    public int Tiles { get; }

    /// <summary>Gets where the transformed tiles are.</summary>
    public TileBuffers Buffers { get; }

    /// <summary>Gets a value indicating whether the memory was freed.</summary>
    public bool IsDisposed => inputs.IsClosed;

    /// <summary>Gets memory for the transform of a tile of vectors.</summary>
    public nint Workspace => (nint)workspace.Start;

    /// <summary>Gets memory for a block of filters.</summary>
    public nint Block => (nint)block.Start;

    /// <inheritdoc />
    public void Dispose()
    {
        inputs.Dispose();
        sums.Dispose();
        filters.Dispose();
        workspace.Dispose();
        block.Dispose();
    }
}
