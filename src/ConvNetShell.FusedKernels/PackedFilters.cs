using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The filters of a convolution in bfloat16, in the order in which <see cref="ConvRowCode"/> reads them: rows, pairs of values, filters.
/// </summary>
internal sealed unsafe class PackedFilters : IDisposable
{
    private readonly int[] first,
        second; // indices of each pair's values in the weights; -1 for a zero
    private readonly NativeBuffer<uint> pairs;

    /// <param name="code">The function that reads them.</param>
    /// <param name="rows">The rows of a filter.</param>
    /// <param name="index">Returns the index of a weight by filter, row, pixel and channel.</param>
    /// <param name="memory">Allocates the pairs.</param>
    public PackedFilters(ConvRowCode code, int rows, Func<int, int, int, int, int> index, INativeMemory memory)
    {
        int lanes = code.Lanes;
        RowPairs = code.Pairs * lanes;
        first = new int[(rows * RowPairs + BFloat16Rows.GatherStep - 1) / BFloat16Rows.GatherStep * BFloat16Rows.GatherStep];
        second = new int[first.Length];
        pairs = new NativeBuffer<uint>(first.Length, memory);
        for (int i = 0; i < first.Length; i++)
        {
            int row = i / RowPairs,
                value = i % RowPairs / lanes * 2,
                filter = i % lanes;
            (first[i], second[i]) = (At(filter, row, value), At(filter, row, value + 1));
        }

        int At(int filter, int row, int value) =>
            row < rows && filter < code.Filters && value < code.KernelWidth * code.Channels
                ? index(filter, row, value / code.Channels, value % code.Channels)
                : -1;
    }

    /// <summary>Gets the pairs of one filter row, all filters together.</summary>
    public int RowPairs { get; }

    /// <summary>Gets the address of the first pair.</summary>
    public uint* Start => pairs.Start;

    /// <summary>Packs the current weights.</summary>
    /// <param name="weights">The weights: filter, row, pixel, channel.</param>
    public void Pack(ReadOnlySpan<float> weights) => BFloat16Rows.Gather(weights, first, second, pairs.Start);

    /// <inheritdoc />
    public void Dispose() => pairs.Dispose();
}
