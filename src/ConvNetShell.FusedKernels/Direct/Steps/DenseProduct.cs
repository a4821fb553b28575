using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>The sums of a fully connected layer, for four inputs at a time with the weights read once.</summary>
internal sealed unsafe class DenseProduct
{
    private const int Wide = 4 * Lanes.Count; // units that are computed side by side, or a vector of them where no more are left
    private const int Together = 4; // inputs
    private readonly int length,
        units;
    private readonly NativeBuffer<float> packed;

    /// <param name="weights">The weights: units x numbers of an input.</param>
    /// <param name="bias">A number for each unit.</param>
    /// <param name="allocator">Allocates what they are packed into.</param>
    public DenseProduct(float[] weights, float[] bias, INativeMemory allocator)
    {
        (units, length) = (bias.Length, weights.Length / bias.Length);
        int last = (units - 1) / Wide * Wide; // the first unit of the last block
        packed = new NativeBuffer<float>(checked((1 + length) * (last + Width(last))), allocator);
        for (int unit = 0; unit < units; unit++)
        {
            int first = unit / Wide * Wide,
                width = Width(first);
            float* to = packed.Start + first * (1 + length) + unit - first;
            *to = bias[unit];
            for (int i = 0; i < length; i++)
            {
                to[(1 + i) * width] = weights[unit * length + i];
            }
        }
    }

    /// <summary>Computes the sums.</summary>
    /// <param name="from">The first input.</param>
    /// <param name="rows">Its rows of numbers.</param>
    /// <param name="next">The numbers from an input to the next.</param>
    /// <param name="count">How many inputs.</param>
    /// <param name="to">Where the sums of the first input go.</param>
    /// <param name="step">The numbers from there to those of the next.</param>
    /// <param name="rectifies">Whether negative sums are made zero.</param>
    public void Run(float* from, DenseRows rows, nint next, int count, float* to, nint step, bool rectifies)
    {
        float* block = packed.Start;
        for (int first = 0; first < units; first += Wide, block += (1 + length) * Wide)
        {
            int input = 0;
            if (Width(first) == Lanes.Count)
            {
                Narrow(from, rows, next, count, block, to + first, step, rectifies);
                return;
            }
            for (; input + Together <= count; input += Together)
            {
                Four(from + input * next, rows, next, block, first, to + input * step, step, rectifies);
            }
            for (; input < count; input++)
            {
                One(from + input * next, rows, block, first, to + input * step, rectifies);
            }
        }
    }

    private int Width(int first) => units - first <= Lanes.Count ? Lanes.Count : Wide;

    /// <summary>Computes a vector of units of all inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Narrow(float* from, DenseRows rows, nint next, int count, float* block, float* to, nint step, bool rectifies)
    {
        V last = Lanes.Last(units);
        int input = 0;
        for (; input + Together <= count; input += Together, from += Together * next, to += Together * step)
        {
            V a = Vector512.Load(block),
                b = a,
                c = a,
                d = a;
            float* weights = block;
            for (int y = 0; y < rows.Count; y++)
            {
                float* row = from + rows.At(y);
                for (nint i = 0; i < rows.Length; i++, row++)
                {
                    V w = Vector512.Load(weights += Lanes.Count);
                    a = Avx512F.FusedMultiplyAdd(Vector512.Create(*row), w, a);
                    b = Avx512F.FusedMultiplyAdd(Vector512.Create(row[next]), w, b);
                    c = Avx512F.FusedMultiplyAdd(Vector512.Create(row[2 * next]), w, c);
                    d = Avx512F.FusedMultiplyAdd(Vector512.Create(row[3 * next]), w, d);
                }
            }
            Lanes.Store(to, a, last, rectifies);
            Lanes.Store(to + step, b, last, rectifies);
            Lanes.Store(to + 2 * step, c, last, rectifies);
            Lanes.Store(to + 3 * step, d, last, rectifies);
        }
        for (; input < count; input++, from += next, to += step)
        {
            V sum = Vector512.Load(block);
            float* weights = block;
            for (int y = 0; y < rows.Count; y++)
            {
                float* row = from + rows.At(y);
                for (nint i = 0; i < rows.Length; i++)
                {
                    sum = Avx512F.FusedMultiplyAdd(Vector512.Create(row[i]), Vector512.Load(weights += Lanes.Count), sum);
                }
            }
            Lanes.Store(to, sum, last, rectifies);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void One(float* from, DenseRows rows, float* block, int first, float* to, bool rectifies)
    {
        V a = Vector512.Load(block),
            b = Vector512.Load(block + Lanes.Count),
            c = Vector512.Load(block + 2 * Lanes.Count),
            d = Vector512.Load(block + 3 * Lanes.Count);
        for (int y = 0; y < rows.Count; y++)
        {
            float* row = from + rows.At(y);
            for (nint i = 0; i < rows.Length; i++)
            {
                block += Wide;
                (a, b, c, d) = Add(
                    row[i],
                    Vector512.Load(block),
                    Vector512.Load(block + Lanes.Count),
                    Vector512.Load(block + 2 * Lanes.Count),
                    Vector512.Load(block + 3 * Lanes.Count),
                    a,
                    b,
                    c,
                    d
                );
            }
        }
        Store(to, first, a, b, c, d, rectifies);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(float* from, DenseRows rows, nint next, float* block, int first, float* to, nint step, bool rectifies)
    {
        V a0 = Vector512.Load(block),
            b0 = Vector512.Load(block + Lanes.Count),
            c0 = Vector512.Load(block + 2 * Lanes.Count),
            d0 = Vector512.Load(block + 3 * Lanes.Count),
            a1 = a0,
            b1 = b0,
            c1 = c0,
            d1 = d0,
            a2 = a0,
            b2 = b0,
            c2 = c0,
            d2 = d0,
            a3 = a0,
            b3 = b0,
            c3 = c0,
            d3 = d0;
        for (int y = 0; y < rows.Count; y++)
        {
            float* row0 = from + rows.At(y),
                row1 = row0 + next,
                row2 = row1 + next,
                row3 = row2 + next;
            for (nint i = 0; i < rows.Length; i++)
            {
                block += Wide;
                V a = Vector512.Load(block),
                    b = Vector512.Load(block + Lanes.Count),
                    c = Vector512.Load(block + 2 * Lanes.Count),
                    d = Vector512.Load(block + 3 * Lanes.Count);
                (a0, b0, c0, d0) = Add(row0[i], a, b, c, d, a0, b0, c0, d0);
                (a1, b1, c1, d1) = Add(row1[i], a, b, c, d, a1, b1, c1, d1);
                (a2, b2, c2, d2) = Add(row2[i], a, b, c, d, a2, b2, c2, d2);
                (a3, b3, c3, d3) = Add(row3[i], a, b, c, d, a3, b3, c3, d3);
            }
        }
        Store(to, first, a0, b0, c0, d0, rectifies);
        Store(to + step, first, a1, b1, c1, d1, rectifies);
        Store(to + 2 * step, first, a2, b2, c2, d2, rectifies);
        Store(to + 3 * step, first, a3, b3, c3, d3, rectifies);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V A, V B, V C, V D) Add(float number, V a, V b, V c, V d, V sumA, V sumB, V sumC, V sumD)
    {
        V all = Vector512.Create(number);
        return (
            Avx512F.FusedMultiplyAdd(all, a, sumA),
            Avx512F.FusedMultiplyAdd(all, b, sumB),
            Avx512F.FusedMultiplyAdd(all, c, sumC),
            Avx512F.FusedMultiplyAdd(all, d, sumD)
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* to, int first, V a, V b, V c, V d, bool rectifies)
    {
        if (first + Wide <= units && !rectifies)
        {
            to += first;
            a.Store(to);
            b.Store(to + Lanes.Count);
            c.Store(to + 2 * Lanes.Count);
            d.Store(to + 3 * Lanes.Count);
            return;
        }
        V last = Lanes.Last(units);
        Store(to, first, a, last, rectifies);
        Store(to, first + Lanes.Count, b, last, rectifies);
        Store(to, first + 2 * Lanes.Count, c, last, rectifies);
        Store(to, first + 3 * Lanes.Count, d, last, rectifies);
    }

    private void Store(float* to, int at, V sum, V last, bool rectifies)
    {
        if (at < units)
        {
            Lanes.Store(to + at, sum, Lanes.Mask(at, units, last), rectifies);
        }
    }
}
