using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>
/// Multiplies eight columns of a matrix with one or two vectors of columns of another, both as tall, and writes the sums to a panel or
/// adds them.
/// </summary>
/// <param name="Stride">The numbers from a row of the first matrix to the next.</param>
/// <param name="Other">The numbers from a row of the second matrix to the next.</param>
/// <param name="Length">The rows.</param>
/// <param name="Adds">Whether they are added to what is there.</param>
internal readonly unsafe record struct ReductionTile(nint Stride, nint Other, nint Length, bool Adds)
{
    /// <summary>How many columns of the first matrix, which are rows of the result.</summary>
    public const int Rows = 8;

    /// <summary>Multiplies twice as many columns with one vector.</summary>
    /// <param name="column">The columns of the first matrix.</param>
    /// <param name="vector">The vector of columns of the second.</param>
    /// <param name="to">The rows of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void One(float* column, float* vector, float* to)
    {
        const int step = Lanes.Count;
        V s0 = V.Zero,
            s1 = s0,
            s2 = s0,
            s3 = s0,
            s4 = s0,
            s5 = s0,
            s6 = s0,
            s7 = s0,
            s8 = s0,
            s9 = s0,
            s10 = s0,
            s11 = s0,
            s12 = s0,
            s13 = s0,
            s14 = s0,
            s15 = s0;
        nint stride = Stride,
            other = Other;
        float* ahead = to,
            end = Adds ? to + Rows * Panels.Wide : to;
        for (nint left = Length; left > 0; left--, column += stride, vector += other)
        {
            ahead = Fetch(ahead, end);
            V w = Vector512.Load(vector);
            s0 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[0]), w, s0);
            s1 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[1]), w, s1);
            s2 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[2]), w, s2);
            s3 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[3]), w, s3);
            s4 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[4]), w, s4);
            s5 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[5]), w, s5);
            s6 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[6]), w, s6);
            s7 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[7]), w, s7);
            s8 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[8]), w, s8);
            s9 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[9]), w, s9);
            s10 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[10]), w, s10);
            s11 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[11]), w, s11);
            s12 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[12]), w, s12);
            s13 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[13]), w, s13);
            s14 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[14]), w, s14);
            s15 = Avx512F.FusedMultiplyAdd(Vector512.Create(column[15]), w, s15);
        }
        Store(to, s0);
        Store(to + step, s1);
        Store(to + 2 * step, s2);
        Store(to + 3 * step, s3);
        Store(to + 4 * step, s4);
        Store(to + 5 * step, s5);
        Store(to + 6 * step, s6);
        Store(to + 7 * step, s7);
        Store(to + 8 * step, s8);
        Store(to + 9 * step, s9);
        Store(to + 10 * step, s10);
        Store(to + 11 * step, s11);
        Store(to + 12 * step, s12);
        Store(to + 13 * step, s13);
        Store(to + 14 * step, s14);
        Store(to + 15 * step, s15);
    }

    /// <summary>Multiplies with two vectors.</summary>
    /// <param name="column">The columns of the first matrix.</param>
    /// <param name="vector">The vectors of columns of the second.</param>
    /// <param name="to">The rows of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Two(float* column, float* vector, float* to)
    {
        V a0 = V.Zero,
            a1 = a0,
            a2 = a0,
            a3 = a0,
            a4 = a0,
            a5 = a0,
            a6 = a0,
            a7 = a0,
            b0 = a0,
            b1 = a0,
            b2 = a0,
            b3 = a0,
            b4 = a0,
            b5 = a0,
            b6 = a0,
            b7 = a0;
        nint stride = Stride,
            other = Other;
        float* ahead = to,
            end = Adds ? to + Rows * Panels.Wide : to;
        for (nint left = Length; left > 0; left--, column += stride, vector += other)
        {
            ahead = Fetch(ahead, end);
            V v = Vector512.Load(vector),
                w = Vector512.Load(vector + Lanes.Count);
            (a0, b0) = Add(column[0], v, w, a0, b0);
            (a1, b1) = Add(column[1], v, w, a1, b1);
            (a2, b2) = Add(column[2], v, w, a2, b2);
            (a3, b3) = Add(column[3], v, w, a3, b3);
            (a4, b4) = Add(column[4], v, w, a4, b4);
            (a5, b5) = Add(column[5], v, w, a5, b5);
            (a6, b6) = Add(column[6], v, w, a6, b6);
            (a7, b7) = Add(column[7], v, w, a7, b7);
        }
        Store(to, 0, a0, b0);
        Store(to, 1, a1, b1);
        Store(to, 2, a2, b2);
        Store(to, 3, a3, b3);
        Store(to, 4, a4, b4);
        Store(to, 5, a5, b5);
        Store(to, 6, a6, b6);
        Store(to, 7, a7, b7);
    }

    // what is added to at the end is fetched meanwhile, a line at a time
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Fetch(float* ahead, float* end)
    {
        if (ahead >= end)
        {
            return ahead;
        }
        Sse.Prefetch0(ahead);
        return ahead + Lanes.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Add(float number, V first, V second, V firstSum, V secondSum)
    {
        V all = Vector512.Create(number);
        return (Avx512F.FusedMultiplyAdd(all, first, firstSum), Avx512F.FusedMultiplyAdd(all, second, secondSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* panel, int row, V first, V second)
    {
        Store(panel + row * Panels.Wide, first);
        Store(panel + row * Panels.Wide + Lanes.Count, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* to, V sum) => (Adds ? sum + Vector512.Load(to) : sum).Store(to);
}
