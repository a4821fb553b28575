using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Multiplies eight rows of a matrix with one panel of another.</summary>
/// <param name="Stride">The numbers from a row to the next.</param>
/// <param name="Length">The numbers of a row.</param>
/// <param name="Result">The numbers from a row of the result to the next.</param>
internal readonly unsafe record struct ProductTile(nint Stride, nint Length, nint Result)
{
    /// <summary>How many rows.</summary>
    public const int Rows = 8;

    /// <summary>Multiplies twice as many rows with a panel of one vector.</summary>
    /// <param name="p0">The rows.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="to">Where the results go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void One(float* p0, float* panel, float* to)
    {
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
        nint stride = Stride;
        float* end = p0 + Length,
            p3 = p0 + 3 * stride,
            p6 = p3 + 3 * stride,
            p9 = p6 + 3 * stride,
            p12 = p9 + 3 * stride,
            p15 = p12 + 3 * stride;
        for (; p0 < end; p0++, p3++, p6++, p9++, p12++, p15++, panel += Lanes.Count)
        {
            V w = Vector512.Load(panel);
            s0 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p0), w, s0);
            s1 = Avx512F.FusedMultiplyAdd(Vector512.Create(p0[stride]), w, s1);
            s2 = Avx512F.FusedMultiplyAdd(Vector512.Create(p0[2 * stride]), w, s2);
            s3 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p3), w, s3);
            s4 = Avx512F.FusedMultiplyAdd(Vector512.Create(p3[stride]), w, s4);
            s5 = Avx512F.FusedMultiplyAdd(Vector512.Create(p3[2 * stride]), w, s5);
            s6 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p6), w, s6);
            s7 = Avx512F.FusedMultiplyAdd(Vector512.Create(p6[stride]), w, s7);
            s8 = Avx512F.FusedMultiplyAdd(Vector512.Create(p6[2 * stride]), w, s8);
            s9 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p9), w, s9);
            s10 = Avx512F.FusedMultiplyAdd(Vector512.Create(p9[stride]), w, s10);
            s11 = Avx512F.FusedMultiplyAdd(Vector512.Create(p9[2 * stride]), w, s11);
            s12 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p12), w, s12);
            s13 = Avx512F.FusedMultiplyAdd(Vector512.Create(p12[stride]), w, s13);
            s14 = Avx512F.FusedMultiplyAdd(Vector512.Create(p12[2 * stride]), w, s14);
            s15 = Avx512F.FusedMultiplyAdd(Vector512.Create(*p15), w, s15);
        }
        nint step = Result;
        s0.Store(to);
        s1.Store(to += step);
        s2.Store(to += step);
        s3.Store(to += step);
        s4.Store(to += step);
        s5.Store(to += step);
        s6.Store(to += step);
        s7.Store(to += step);
        s8.Store(to += step);
        s9.Store(to += step);
        s10.Store(to += step);
        s11.Store(to += step);
        s12.Store(to += step);
        s13.Store(to += step);
        s14.Store(to += step);
        s15.Store(to + step);
    }

    /// <summary>Multiplies with a panel of two vectors.</summary>
    /// <param name="p0">The rows.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="ahead">What is needed next; it is brought to the second cache.</param>
    /// <param name="part">The numbers of it for each row of the panel.</param>
    /// <param name="to">Where the results go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Two(float* p0, float* panel, float* ahead, nint part, float* to)
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
        float* p1 = p0 + Stride,
            p2 = p1 + Stride,
            p3 = p2 + Stride,
            p4 = p3 + Stride,
            p5 = p4 + Stride,
            p6 = p5 + Stride,
            p7 = p6 + Stride;
        nint length = Length;
        for (nint j = 0; j < length; j++, panel += Panels.Wide, ahead += part)
        {
            Sse.Prefetch1(ahead);
            V v = Vector512.Load(panel),
                w = Vector512.Load(panel + Lanes.Count);
            (a0, b0) = Add(p0[j], v, w, a0, b0);
            (a1, b1) = Add(p1[j], v, w, a1, b1);
            (a2, b2) = Add(p2[j], v, w, a2, b2);
            (a3, b3) = Add(p3[j], v, w, a3, b3);
            (a4, b4) = Add(p4[j], v, w, a4, b4);
            (a5, b5) = Add(p5[j], v, w, a5, b5);
            (a6, b6) = Add(p6[j], v, w, a6, b6);
            (a7, b7) = Add(p7[j], v, w, a7, b7);
        }
        nint step = Result;
        Store(to, a0, b0);
        Store(to += step, a1, b1);
        Store(to += step, a2, b2);
        Store(to += step, a3, b3);
        Store(to += step, a4, b4);
        Store(to += step, a5, b5);
        Store(to += step, a6, b6);
        Store(to + step, a7, b7);
    }

    /// <summary>Multiplies half as many rows with a panel of two vectors.</summary>
    /// <param name="p0">The rows.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="to">Where the results go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Half(float* p0, float* panel, float* to)
    {
        V a0 = V.Zero,
            a1 = a0,
            a2 = a0,
            a3 = a0,
            b0 = a0,
            b1 = a0,
            b2 = a0,
            b3 = a0;
        float* end = p0 + Length,
            p1 = p0 + Stride,
            p2 = p1 + Stride,
            p3 = p2 + Stride;
        for (; p0 < end; p0++, p1++, p2++, p3++, panel += Panels.Wide)
        {
            V v = Vector512.Load(panel),
                w = Vector512.Load(panel + Lanes.Count);
            (a0, b0) = Add(*p0, v, w, a0, b0);
            (a1, b1) = Add(*p1, v, w, a1, b1);
            (a2, b2) = Add(*p2, v, w, a2, b2);
            (a3, b3) = Add(*p3, v, w, a3, b3);
        }
        nint step = Result;
        Store(to, a0, b0);
        Store(to += step, a1, b1);
        Store(to += step, a2, b2);
        Store(to + step, a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V First, V Second) Add(float number, V first, V second, V firstSum, V secondSum)
    {
        V all = Vector512.Create(number);
        return (Avx512F.FusedMultiplyAdd(all, first, firstSum), Avx512F.FusedMultiplyAdd(all, second, secondSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* to, V first, V second)
    {
        first.Store(to);
        second.Store(to + Lanes.Count);
    }
}
