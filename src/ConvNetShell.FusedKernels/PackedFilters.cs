using ConvNetShell.FusedKernels.Jit;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The filters of a convolution in the order in which <see cref="ConvRowCode"/> reads them: rows, lanes of one or two values, filters.
/// </summary>
internal sealed unsafe class PackedFilters : IDisposable
{
    private readonly int[] first,
        second; // indices of each lane's values in the weights; -1 for a zero
    private readonly NativeBuffer<uint> packed;

    /// <param name="code">The function that reads them.</param>
    /// <param name="rows">The rows of a filter.</param>
    /// <param name="index">Returns the index of a weight by filter, row, pixel and channel.</param>
    /// <param name="memory">Allocates the lanes.</param>
    public PackedFilters(ConvRowCode code, int rows, Func<int, int, int, int, int> index, INativeMemory memory)
    {
        int lanes = code.Lanes;
        Row = code.RowLanes * lanes;
        first = new int[(rows * Row + BFloat16Rows.GatherStep - 1) / BFloat16Rows.GatherStep * BFloat16Rows.GatherStep];
        second = new int[first.Length];
        packed = new NativeBuffer<uint>(first.Length, memory);
        for (int i = 0; i < first.Length; i++)
        {
            int row = i / Row,
                value = i % Row / lanes * code.Packed,
                filter = i % lanes;
            (first[i], second[i]) = (At(filter, row, value), At(filter, row, value + 1));
        }

        int At(int filter, int row, int value) =>
            row < rows && filter < code.Filters && value < code.KernelWidth * code.Channels
                ? index(filter, row, value / code.Channels, value % code.Channels)
                : -1;
    }

    /// <summary>Gets the lanes of one filter row, all filters together.</summary>
    public int Row { get; }

    /// <summary>Gets the address of the first lane.</summary>
    public uint* Start => packed.Start;

    /// <summary>Packs the current weights.</summary>
    /// <param name="weights">The weights: filter, row, pixel, channel.</param>
    /// <param name="numbers">Rounds them.</param>
    public void Pack<T>(ReadOnlySpan<float> weights, IConvNumbers<T> numbers)
        where T : unmanaged => numbers.Pack(weights, first, second, packed.Start);

    /// <inheritdoc />
    public void Dispose() => packed.Dispose();
}
