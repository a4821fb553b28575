using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd.Tiles;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>
/// The memory that kernels work in, one after the other: convolutions, alone, by columns or in chains, and sequences. It is as much as the
/// largest one has needed. One thread at a time may use it.
/// </summary>
public sealed unsafe class KernelScratch : IDisposable
{
    private const int CacheSize = 1 << 21; // bytes of a core's second cache
    private const int FewTiles = 32; // where filters stay in that cache, the tiles should, too
    private const int ManyTiles = 64; // where they do not, more products for each time that they are read

    // transforms write all points of a tile in turn; were they a power of two apart, they would share a few lines of the first cache
    private const int Gap = Lanes.Count;
    private readonly INativeMemory memory;
    private readonly NativeBuffer<float> workspace,
        block;
    private NativeBuffer<float> inputs,
        sums,
        filters,
        gradients,
        source,
        slopes,
        pooled;

    /// <summary>Initializes a new instance without memory for any convolution yet.</summary>
    public KernelScratch()
        : this(new AlignedMemory()) { }

    /// <param name="memory">Allocates the memory.</param>
    internal KernelScratch(INativeMemory memory)
    {
        this.memory = memory;
        inputs = new NativeBuffer<float>(0, memory);
        sums = new NativeBuffer<float>(0, memory);
        filters = new NativeBuffer<float>(0, memory);
        gradients = new NativeBuffer<float>(0, memory);
        source = new NativeBuffer<float>(0, memory);
        slopes = new NativeBuffer<float>(0, memory);
        pooled = new NativeBuffer<float>(0, memory);
        workspace = new NativeBuffer<float>(Tile.Points * Lanes.Count, memory);
        block = new NativeBuffer<float>(FilterTransform.BlockNumbers, memory);
    }

    /// <summary>Gets memory for the transform of a tile of vectors.</summary>
    internal nint Workspace => (nint)workspace.Start;

    /// <summary>Gets memory for a block of filters.</summary>
    internal nint Block => (nint)block.Start;

    /// <summary>Returns memory for a convolution; what was in it before may still be.</summary>
    /// <param name="channels">The channels of an image.</param>
    /// <param name="filters">The filters.</param>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    internal TileBuffers For(int channels, int filters)
    {
        ObjectDisposedException.ThrowIf(workspace.IsClosed, this);
        float* transformed = Grow(ref this.filters, checked(Tile.Points * FilterStep(channels, filters)));
        return For(channels, filters, (nint)transformed);
    }

    /// <summary>Returns memory for a convolution whose filters are transformed already; what was in it before may still be.</summary>
    /// <param name="channels">The channels of an image.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="transformed">The address of the transformed filters.</param>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    internal TileBuffers For(int channels, int filters, nint transformed)
    {
        ObjectDisposedException.ThrowIf(workspace.IsClosed, this);
        int filterStep = FilterStep(channels, filters),
            tiles = (long)filterStep * Tile.Points * sizeof(float) > CacheSize ? ManyTiles : FewTiles;
        int inputStep = tiles * Tile.Stride(channels) + Gap,
            sumStep = tiles * Tile.Stride(filters) + Gap;
        return new TileBuffers(
            tiles,
            (nint)Grow(ref inputs, checked(Tile.Points * inputStep)),
            inputStep,
            (nint)Grow(ref sums, checked(Tile.Points * sumStep)),
            sumStep,
            transformed,
            filterStep
        );
    }

    /// <summary>Returns memory for a convolution by columns; what was in it before may still be.</summary>
    /// <param name="length">The numbers of a window.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="pixels">The pixels that are computed at a time.</param>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    internal ColumnBuffers ForColumns(int length, int filters, int pixels)
    {
        ObjectDisposedException.ThrowIf(workspace.IsClosed, this);
        int rows = pixels + 2 * ProductTile.Rows, // products compute so many more at most
            window = checked(rows * Tile.Stride(length)),
            output = checked(rows * Tile.Stride(filters)),
            all = checked(Lanes.Vectors(length) * Lanes.Count * Lanes.Vectors(filters) * Lanes.Count);
        return new ColumnBuffers(
            (nint)Grow(ref inputs, window),
            (nint)Grow(ref slopes, output),
            (nint)Grow(ref sums, Math.Max(window, output)),
            (nint)Grow(ref this.filters, all),
            (nint)Grow(ref gradients, all)
        );
    }

    /// <summary>Returns the numbers from a point of transformed filters to the next.</summary>
    /// <param name="channels">The channels of an image.</param>
    /// <param name="filters">The filters.</param>
    internal static int FilterStep(int channels, int filters) =>
        checked(Lanes.Vectors(channels) * Lanes.Count * Lanes.Vectors(filters) * Lanes.Count + Gap);

    /// <summary>Returns memory for the gradients of transformed filters, which <see cref="For(int, int)"/> leaves alone.</summary>
    /// <param name="buffers">The memory for the convolution.</param>
    internal float* Gradients(TileBuffers buffers) => Grow(ref gradients, checked(Tile.Points * (int)buffers.FilterStep));

    /// <summary>Returns memory for some normalized images, or for the steps of some sequences.</summary>
    /// <param name="count">How many numbers.</param>
    internal float* Source(nint count) => Grow(ref source, checked((int)count));

    /// <summary>Returns memory for some outputs or their gradients.</summary>
    /// <param name="count">How many numbers.</param>
    internal float* Slopes(nint count) => Grow(ref slopes, checked((int)count));

    /// <summary>Returns memory for the gradients of some outputs behind a pooling.</summary>
    /// <param name="count">How many numbers.</param>
    internal float* Pooled(nint count) => Grow(ref pooled, checked((int)count));

    /// <inheritdoc />
    public void Dispose()
    {
        inputs.Dispose();
        sums.Dispose();
        filters.Dispose();
        gradients.Dispose();
        source.Dispose();
        slopes.Dispose();
        pooled.Dispose();
        workspace.Dispose();
        block.Dispose();
    }

    private float* Grow(ref NativeBuffer<float> buffer, int count)
    {
        if (buffer.Count < count)
        {
            buffer.Dispose();
            buffer = new NativeBuffer<float>(count, memory);
        }
        return buffer.Start;
    }
}
