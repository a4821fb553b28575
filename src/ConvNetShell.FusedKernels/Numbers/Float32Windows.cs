using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>
/// Max pooling of float32. Of equal values the first wins, and NaN counts as the largest, as in libtorch. If there is a gap
/// between rows, <see cref="Route"/> does not write pixels outside the windows.
/// </summary>
/// <param name="shape">The windows.</param>
/// <param name="isExact">Whether nothing is behind the last number of a buffer, which only AVX-512 can keep to; else there is a vector of
/// slack, which <see cref="Find"/> reads and writes: that is faster.</param>
public sealed unsafe class Float32Windows(WindowShape shape, bool isExact = false) : IWindows<int>
{
    private readonly int[] offsets = shape.Offsets();
    private readonly Vector512<int> last = Vector512.LessThan(
        Vector512<int>.Indices,
        Vector512.Create((shape.Channels - 1) % Vector512<int>.Count + 1)
    ); // the lanes of a pixel's last vector

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public void Find(ReadOnlySpan<int> image, Span<int> largest, Span<int> positions)
    {
        int channels = shape.Channels,
            windows = shape.Width / shape.Columns;
        Vector512<int> mask = last;
        fixed (int* all = offsets)
        {
            ref int to = ref MemoryMarshal.GetReference(largest),
                place = ref MemoryMarshal.GetReference(positions);
            for (int row = 0; row < shape.Height / shape.Rows; row++)
            {
                ref int corner = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), row * shape.Rows * shape.Pitch);
                for (int window = 0; window < windows; window++)
                {
                    for (int channel = 0; channel < channels; channel += Vector512<int>.Count)
                    {
                        bool isPart = isExact && channel + Vector512<int>.Count > channels;
                        Vector512<float> best = Load(ref corner, channel + all[0], isPart, mask);
                        Vector512<int> position = Vector512<int>.Zero;
                        if (shape.HasRelu)
                        {
                            Vector512<float> positive = Larger(best, Vector512<float>.Zero);
                            best = Vector512.ConditionalSelect(positive, best, Vector512<float>.Zero);
                            position = Vector512.OnesComplement(positive.AsInt32());
                        }
                        for (int i = 1; i < offsets.Length; i++)
                        {
                            Vector512<float> value = Load(ref corner, channel + all[i], isPart, mask),
                                larger = Larger(value, best);
                            best = Vector512.ConditionalSelect(larger, value, best);
                            position = Vector512.ConditionalSelect(larger.AsInt32(), Vector512.Create(i), position);
                        }
                        Store(ref Unsafe.Add(ref to, channel), best.AsInt32(), isPart, mask);
                        Store(ref Unsafe.Add(ref place, channel), position, isPart, mask);
                    }
                    corner = ref Unsafe.Add(ref corner, shape.Columns * channels);
                    to = ref Unsafe.Add(ref to, channels);
                    place = ref Unsafe.Add(ref place, channels);
                }
            }
        }
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public void Route(ReadOnlySpan<int> gradient, ReadOnlySpan<int> positions, Span<int> image)
    {
        int channels = shape.Channels,
            windows = shape.Width / shape.Columns;
        Vector512<int> mask = last;
        if (shape.Gap == 0 && shape.LeavesOut)
        {
            image.Clear();
        }
        fixed (int* all = offsets)
        {
            ref int from = ref MemoryMarshal.GetReference(gradient),
                place = ref MemoryMarshal.GetReference(positions);
            for (int row = 0; row < shape.Height / shape.Rows; row++)
            {
                ref int corner = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), row * shape.Rows * shape.Pitch);
                for (int window = 0; window < windows; window++)
                {
                    for (int channel = 0; channel < channels; channel += Vector512<int>.Count)
                    {
                        bool isPart = channel + Vector512<int>.Count > channels;
                        Vector512<int> value = Load(ref from, channel, isExact && isPart, mask).AsInt32(),
                            position = Load(ref place, channel, isExact && isPart, mask).AsInt32();
                        for (int i = 0; i < offsets.Length; i++)
                        {
                            Vector512<int> here = value & Vector512.Equals(position, Vector512.Create(i));
                            Store(ref Unsafe.Add(ref corner, channel + all[i]), here, isPart, mask);
                        }
                    }
                    corner = ref Unsafe.Add(ref corner, shape.Columns * channels);
                    from = ref Unsafe.Add(ref from, channels);
                    place = ref Unsafe.Add(ref place, channels);
                }
            }
        }
    }

    // addresses are taken as they are: the buffers are not the collector's
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref int values, int at, bool isPart, Vector512<int> lanes)
    {
        ref int first = ref Unsafe.Add(ref values, at);
        return isPart && Avx512F.IsSupported
            ? Avx512F.MaskLoad((float*)Unsafe.AsPointer(ref first), lanes.AsSingle(), Vector512<float>.Zero)
            : Vector512.LoadUnsafe(ref first).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref int to, Vector512<int> values, bool isPart, Vector512<int> lanes)
    {
        if (!isPart)
        {
            values.StoreUnsafe(ref to);
        }
        else if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore((int*)Unsafe.AsPointer(ref to), lanes, values);
        }
        else
        {
            Vector512.ConditionalSelect(lanes, values, Vector512.LoadUnsafe(ref to)).StoreUnsafe(ref to);
        }
    }

    /// <summary>Returns where values are larger than others, or NaN where those are not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Larger(Vector512<float> values, Vector512<float> others) =>
        Vector512.AndNot(Vector512.Equals(others, others), Vector512.LessThanOrEqual(values, others));
}
