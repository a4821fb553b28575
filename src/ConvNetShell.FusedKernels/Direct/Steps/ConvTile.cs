using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>
/// Computes eight pixels of a convolution: each number of their windows is multiplied with a vector of filters or with two.
/// </summary>
/// <param name="Row">The numbers from a row of the input to the next.</param>
/// <param name="Frame">The numbers from the last row of a window in a frame of the input to the first one in the next, less a row.</param>
/// <param name="Rows">The rows of a window in a frame.</param>
/// <param name="Frames">The frames of a window.</param>
/// <param name="Length">The numbers in a row of a window.</param>
/// <param name="Rectifies">Whether negative results are made zero.</param>
/// <param name="IsFar">Whether the weights come from the third cache or from memory, so that fetching them ahead pays.</param>
internal readonly unsafe record struct ConvTile(nint Row, nint Frame, int Rows, int Frames, nint Length, bool Rectifies, bool IsFar)
{
    private const int Ahead = 64 * Lanes.Count; // numbers

    /// <summary>How many pixels.</summary>
    public const int Pixels = 8;

    /// <summary>Computes them for up to sixteen filters.</summary>
    /// <param name="input">The planes of the image.</param>
    /// <param name="from">Where the windows begin.</param>
    /// <param name="weights">The weights, the filters next to each other.</param>
    /// <param name="bias">What the sums begin with.</param>
    /// <param name="output">The planes, from the first filter's channel on.</param>
    /// <param name="to">Where the pixels are.</param>
    /// <param name="last">The lanes to write.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void One(float* input, int* from, float* weights, float* bias, float* output, int* to, Vector512<float> last)
    {
        Vector512<float> s0 = Vector512.Load(bias),
            s1 = s0,
            s2 = s0,
            s3 = s0,
            s4 = s0,
            s5 = s0,
            s6 = s0,
            s7 = s0;
        nint length = Length;
        for (int left = Rows, frames = Frames; frames > 0; input += Row)
        {
            float* p0 = input + from[0],
                p1 = input + from[1],
                p2 = input + from[2],
                p3 = input + from[3],
                p4 = input + from[4],
                p5 = input + from[5],
                p6 = input + from[6],
                p7 = input + from[7];
            for (nint j = 0; j < length; j++, weights += Lanes.Count)
            {
                Vector512<float> w = Vector512.Load(weights);
                s0 = Avx512F.FusedMultiplyAdd(Vector512.Create(p0[j]), w, s0);
                s1 = Avx512F.FusedMultiplyAdd(Vector512.Create(p1[j]), w, s1);
                s2 = Avx512F.FusedMultiplyAdd(Vector512.Create(p2[j]), w, s2);
                s3 = Avx512F.FusedMultiplyAdd(Vector512.Create(p3[j]), w, s3);
                s4 = Avx512F.FusedMultiplyAdd(Vector512.Create(p4[j]), w, s4);
                s5 = Avx512F.FusedMultiplyAdd(Vector512.Create(p5[j]), w, s5);
                s6 = Avx512F.FusedMultiplyAdd(Vector512.Create(p6[j]), w, s6);
                s7 = Avx512F.FusedMultiplyAdd(Vector512.Create(p7[j]), w, s7);
            }
            if (--left == 0)
            {
                input += Frame;
                (left, frames) = (Rows, frames - 1);
            }
        }

        Store(output + to[0], s0, last);
        Store(output + to[1], s1, last);
        Store(output + to[2], s2, last);
        Store(output + to[3], s3, last);
        Store(output + to[4], s4, last);
        Store(output + to[5], s5, last);
        Store(output + to[6], s6, last);
        Store(output + to[7], s7, last);
    }

    /// <summary>Computes them for seventeen to thirty-two filters.</summary>
    /// <param name="input">The planes of the image.</param>
    /// <param name="from">Where the windows begin.</param>
    /// <param name="weights">The weights, the filters next to each other.</param>
    /// <param name="bias">What the sums begin with.</param>
    /// <param name="output">The planes, from the first filter's channel on.</param>
    /// <param name="to">Where the pixels are.</param>
    /// <param name="last">The lanes to write of the second vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Two(float* input, int* from, float* weights, float* bias, float* output, int* to, Vector512<float> last)
    {
        Vector512<float> a0 = Vector512.Load(bias),
            a1 = a0,
            a2 = a0,
            a3 = a0,
            a4 = a0,
            a5 = a0,
            a6 = a0,
            a7 = a0;
        Vector512<float> b0 = Vector512.Load(bias + Lanes.Count),
            b1 = b0,
            b2 = b0,
            b3 = b0,
            b4 = b0,
            b5 = b0,
            b6 = b0,
            b7 = b0;
        bool far = IsFar;
        nint length = Length;
        for (int left = Rows, frames = Frames; frames > 0; input += Row)
        {
            float* p0 = input + from[0],
                p1 = input + from[1],
                p2 = input + from[2],
                p3 = input + from[3],
                p4 = input + from[4],
                p5 = input + from[5],
                p6 = input + from[6],
                p7 = input + from[7];
            for (nint j = 0; j < length; j++, weights += 2 * Lanes.Count)
            {
                Vector512<float> v = Vector512.Load(weights),
                    w = Vector512.Load(weights + Lanes.Count);
                if (far)
                {
                    Sse.Prefetch0(weights + Ahead);
                    Sse.Prefetch0(weights + Ahead + Lanes.Count);
                }
                (a0, b0) = Add(p0[j], v, w, a0, b0);
                (a1, b1) = Add(p1[j], v, w, a1, b1);
                (a2, b2) = Add(p2[j], v, w, a2, b2);
                (a3, b3) = Add(p3[j], v, w, a3, b3);
                (a4, b4) = Add(p4[j], v, w, a4, b4);
                (a5, b5) = Add(p5[j], v, w, a5, b5);
                (a6, b6) = Add(p6[j], v, w, a6, b6);
                (a7, b7) = Add(p7[j], v, w, a7, b7);
            }
            if (--left == 0)
            {
                input += Frame;
                (left, frames) = (Rows, frames - 1);
            }
        }

        Store(output + to[0], a0, b0, last);
        Store(output + to[1], a1, b1, last);
        Store(output + to[2], a2, b2, last);
        Store(output + to[3], a3, b3, last);
        Store(output + to[4], a4, b4, last);
        Store(output + to[5], a5, b5, last);
        Store(output + to[6], a6, b6, last);
        Store(output + to[7], a7, b7, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) Add(
        float number,
        Vector512<float> first,
        Vector512<float> second,
        Vector512<float> firstSum,
        Vector512<float> secondSum
    )
    {
        Vector512<float> all = Vector512.Create(number);
        return (Avx512F.FusedMultiplyAdd(all, first, firstSum), Avx512F.FusedMultiplyAdd(all, second, secondSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* output, Vector512<float> sum, Vector512<float> last) => Lanes.Store(output, sum, last, Rectifies);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(float* output, Vector512<float> first, Vector512<float> second, Vector512<float> last)
    {
        (Rectifies ? Lanes.Rectify(first) : first).Store(output);
        Store(output + Lanes.Count, second, last);
    }
}
