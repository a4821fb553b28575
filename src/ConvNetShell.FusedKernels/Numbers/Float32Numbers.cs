using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>Numbers in float32, one a lane.</summary>
internal sealed unsafe class Float32Numbers : IConvNumbers<int>
{
    public int Packed => 1;

    public IWindows<int> Windows(WindowShape shape) => new Float32Windows(shape);

    /// <returns>Always true: no number is multiplied with what does not belong to it.</returns>
    public bool Take(ReadOnlySpan<float> source, int* target)
    {
        source.CopyTo(new Span<float>(target, source.Length));
        return true;
    }

    public int Round(float number) => BitConverter.SingleToInt32Bits(number);

    public float ToSingle(int number) => BitConverter.Int32BitsToSingle(number);

    public float Part(uint lane, int index) => BitConverter.UInt32BitsToSingle(lane);

    public void Pack(ReadOnlySpan<float> source, ReadOnlySpan<int> first, ReadOnlySpan<int> second, uint* lanes)
    {
        for (int i = 0; i < first.Length; i++)
        {
            lanes[i] = first[i] < 0 ? 0 : BitConverter.SingleToUInt32Bits(source[first[i]]);
        }
    }

    public uint* PairAll(int* source, uint* room, int count, int channels) => (uint*)source;

    public uint* PairEven(int* source, uint* room, int rows, int pitch, int pairs, int channels) => (uint*)source;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public void AddRouted(int* source, int* positions, float* sums, int pixels, int channels)
    {
        for (int channel = 0; channel < channels; channel += Vector512<int>.Count)
        {
            Vector512<float> sum = Vector512.Load(sums + channel);
            for (int at = channel; at < pixels * channels; at += channels)
            {
                Vector512<int> position = Vector512.Load(positions + at);
                sum += Vector512.AndNot(Vector512.Load(source + at), Vector512.LessThan(position, Vector512<int>.Zero)).AsSingle();
            }
            sum.Store(sums + channel);
        }
    }
}
