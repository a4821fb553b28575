namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>Numbers in bfloat16, two a lane: VDPBF16PS adds two products at a time.</summary>
internal sealed unsafe class BFloat16Numbers : IConvNumbers<short>
{
    private const int Half = 16; // bits

    public int Packed => 2;

    public IWindows<short> Windows(WindowShape shape) => new WindowMaximum(shape);

    /// <returns>Whether all numbers are finite: compiled kernels also multiply neighbors by zero.</returns>
    public bool Take(ReadOnlySpan<float> source, short* target) => BFloat16Rows.Round(source, (ushort*)target);

    public short Round(float number) => (short)BFloat16Rows.Round(number);

    public float ToSingle(short number) => Part((ushort)number, 0);

    public float Part(uint lane, int index) => BitConverter.UInt32BitsToSingle(index == 0 ? lane << Half : lane >> Half << Half);

    public void Pack(ReadOnlySpan<float> source, ReadOnlySpan<int> first, ReadOnlySpan<int> second, uint* lanes) =>
        BFloat16Rows.Gather(source, first, second, lanes);

    public uint* PairAll(short* source, uint* room, int count, int channels)
    {
        BFloat16Rows.PairAll((ushort*)source, room, count, channels);
        return room;
    }

    public uint* PairEven(short* source, uint* room, int rows, int pitch, int pairs, int channels)
    {
        for (int row = 0; row < rows; row++)
        {
            BFloat16Rows.PairEven((ushort*)source + row * pitch, room + row * pairs * channels, pairs, channels);
        }
        return room;
    }

    public void AddRouted(short* source, short* positions, float* sums, int pixels, int channels) =>
        BFloat16Rows.AddRouted((ushort*)source, positions, sums, pixels, channels);
}
