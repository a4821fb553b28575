using ConvNetShell.Core.MachineCode;

namespace ConvNetShell.Core.Direct;

/// <summary>The filters of a convolution in bfloat16, in the order <see cref="FilterCode"/> goes through them: rows, pairs of values, filters.</summary>
internal sealed unsafe class PackedFilters : IDisposable
{
    private readonly int[] first, second; // where the values of each pair lie in the weights; -1: nowhere
    private readonly AlignedMemory<uint> pairs;

    /// <param name="code">What goes through them.</param>
    /// <param name="rows">The rows of a filter.</param>
    /// <param name="place">Returns where the weights have the value of a filter, by filter, row, pixel and channel.</param>
    public PackedFilters(FilterCode code, int rows, Func<int, int, int, int, int> place)
    {
        int lanes = code.Lanes;
        RowPairs = code.Pairs * lanes;
        first = new int[(rows * RowPairs + Bfloat16Rows.GatherStep - 1) / Bfloat16Rows.GatherStep * Bfloat16Rows.GatherStep];
        second = new int[first.Length];
        pairs = new AlignedMemory<uint>(first.Length);
        for (int i = 0; i < first.Length; i++)
        {
            int row = i / RowPairs, value = i % RowPairs / lanes * 2, filter = i % lanes;
            (first[i], second[i]) = (At(filter, row, value), At(filter, row, value + 1));
        }

        int At(int filter, int row, int value) => row < rows && filter < code.Filters && value < code.Reach * code.Channels
            ? place(filter, row, value / code.Channels, value % code.Channels) : -1;
    }

    /// <summary>Gets the pairs of a row of all filters.</summary>
    public int RowPairs { get; }

    /// <summary>Gets the address of the first pair.</summary>
    public uint* Start => pairs.Start;

    /// <summary>Takes over what the weights are now.</summary>
    /// <param name="weights">The address of the weights.</param>
    public void Take(float* weights) => Bfloat16Rows.Gather(weights, first, second, pairs.Start);

    /// <inheritdoc />
    public void Dispose() => pairs.Dispose();
}
