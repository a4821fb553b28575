using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Winograd.Tiles;

/// <summary>
/// The transforms of Winograd's minimal filtering in one dimension (Lavin and Gray, arXiv 1509.09308): polynomials are multiplied by
/// their values at zero, two pairs of opposite points and infinity. The points are binary fractions, so the factors of the transforms of
/// images are exact, and their products are near one, so little cancels out: the error in float32 is half that of the usual 1, 2.
/// </summary>
internal static unsafe class Line
{
    private const float Near = 0.625f, // the points, besides zero and infinity, are this and its negative, and the next
        Far = 1.5f;
    private const float NearSquare = Near * Near,
        FarSquare = Far * Far;
    private const float NearCube = Near * NearSquare,
        FarCube = Far * FarSquare;
    private const float Sum = NearSquare + FarSquare,
        Product = NearSquare * FarSquare;

    // what Lagrange's polynomials are divided by; the filters are, as they are transformed once for all images
    private const double Difference = 2 * ((double)NearSquare - FarSquare);
    private const float ZeroWeight = (float)(1 / ((double)NearSquare * FarSquare)),
        NearWeight = (float)(1 / (NearSquare * Difference)),
        FarWeight = (float)(-1 / (FarSquare * Difference));
    private const float NearSlope = (float)(Near / (NearSquare * Difference)),
        FarSlope = (float)(-Far / (FarSquare * Difference));
    private const float NearCurve = (float)(1 / Difference),
        FarCurve = (float)(-1 / Difference);

    /// <summary>Transforms six pixels of an image.</summary>
    /// <param name="d0">The first.</param>
    /// <param name="d1">The second.</param>
    /// <param name="d2">The third.</param>
    /// <param name="d3">The fourth.</param>
    /// <param name="d4">The fifth.</param>
    /// <param name="d5">The sixth.</param>
    /// <param name="to">Where the six results go.</param>
    /// <param name="step">The numbers from a result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(V d0, V d1, V d2, V d3, V d4, V d5, float* to, nint step)
    {
        V near = Vector512.Create(Near),
            far = Vector512.Create(Far),
            nearSquare = Vector512.Create(NearSquare),
            farSquare = Vector512.Create(FarSquare),
            sum = Vector512.Create(Sum),
            product = Vector512.Create(Product);
        V nearEven = Avx512F.FusedMultiplyAddNegated(farSquare, d2, d4),
            nearOdd = Avx512F.FusedMultiplyAddNegated(farSquare, d1, d3),
            farEven = Avx512F.FusedMultiplyAddNegated(nearSquare, d2, d4),
            farOdd = Avx512F.FusedMultiplyAddNegated(nearSquare, d1, d3);
        Avx512F.FusedMultiplyAdd(product, d0, Avx512F.FusedMultiplyAddNegated(sum, d2, d4)).Store(to);
        Avx512F.FusedMultiplyAdd(near, nearOdd, nearEven).Store(to + step);
        Avx512F.FusedMultiplyAddNegated(near, nearOdd, nearEven).Store(to + 2 * step);
        Avx512F.FusedMultiplyAdd(far, farOdd, farEven).Store(to + 3 * step);
        Avx512F.FusedMultiplyAddNegated(far, farOdd, farEven).Store(to + 4 * step);
        Avx512F.FusedMultiplyAdd(product, d1, Avx512F.FusedMultiplyAddNegated(sum, d3, d5)).Store(to + 5 * step);
    }

    /// <summary>Transforms six sums of products to four pixels of the output.</summary>
    /// <param name="m0">The first.</param>
    /// <param name="m1">The second.</param>
    /// <param name="m2">The third.</param>
    /// <param name="m3">The fourth.</param>
    /// <param name="m4">The fifth.</param>
    /// <param name="m5">The sixth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V First, V Second, V Third, V Fourth) Output(V m0, V m1, V m2, V m3, V m4, V m5)
    {
        V nearSum = m1 + m2,
            near = m1 - m2,
            farSum = m3 + m4,
            far = m3 - m4;
        return (
            m0 + nearSum + farSum,
            Avx512F.FusedMultiplyAdd(Vector512.Create(Near), near, Vector512.Create(Far) * far),
            Avx512F.FusedMultiplyAdd(Vector512.Create(NearSquare), nearSum, Vector512.Create(FarSquare) * farSum),
            Avx512F.FusedMultiplyAdd(Vector512.Create(NearCube), near, Avx512F.FusedMultiplyAdd(Vector512.Create(FarCube), far, m5))
        );
    }

    /// <summary>Transforms the gradients of four pixels of the output to those at the nearer points.</summary>
    /// <param name="y0">The first, which is the gradient at zero.</param>
    /// <param name="y1">The second.</param>
    /// <param name="y2">The third.</param>
    /// <param name="y3">The fourth, which is the gradient at infinity.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V First, V Second) GradientNear(V y0, V y1, V y2, V y3)
    {
        V square = Vector512.Create(NearSquare),
            even = Avx512F.FusedMultiplyAdd(square, y2, y0),
            odd = Avx512F.FusedMultiplyAdd(square, y3, y1),
            point = Vector512.Create(Near);
        return (Avx512F.FusedMultiplyAdd(point, odd, even), Avx512F.FusedMultiplyAddNegated(point, odd, even));
    }

    /// <summary>Transforms the gradients of four pixels of the output to those at the farther points.</summary>
    /// <param name="y0">The first.</param>
    /// <param name="y1">The second.</param>
    /// <param name="y2">The third.</param>
    /// <param name="y3">The fourth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V First, V Second) GradientFar(V y0, V y1, V y2, V y3)
    {
        V square = Vector512.Create(FarSquare),
            even = Avx512F.FusedMultiplyAdd(square, y2, y0),
            odd = Avx512F.FusedMultiplyAdd(square, y3, y1),
            point = Vector512.Create(Far);
        return (Avx512F.FusedMultiplyAdd(point, odd, even), Avx512F.FusedMultiplyAddNegated(point, odd, even));
    }

    /// <summary>Transforms three weights of a filter.</summary>
    /// <param name="g0">The first.</param>
    /// <param name="g1">The second.</param>
    /// <param name="g2">The third.</param>
    /// <param name="to">Where the six results go.</param>
    /// <param name="step">The numbers from a result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter(V g0, V g1, V g2, float* to, nint step)
    {
        V nearSlope = Vector512.Create(NearSlope),
            farSlope = Vector512.Create(FarSlope);
        V nearEven = Avx512F.FusedMultiplyAdd(Vector512.Create(NearCurve), g2, Vector512.Create(NearWeight) * g0),
            farEven = Avx512F.FusedMultiplyAdd(Vector512.Create(FarCurve), g2, Vector512.Create(FarWeight) * g0);
        (Vector512.Create(ZeroWeight) * g0).Store(to);
        Avx512F.FusedMultiplyAdd(nearSlope, g1, nearEven).Store(to + step);
        Avx512F.FusedMultiplyAddNegated(nearSlope, g1, nearEven).Store(to + 2 * step);
        Avx512F.FusedMultiplyAdd(farSlope, g1, farEven).Store(to + 3 * step);
        Avx512F.FusedMultiplyAddNegated(farSlope, g1, farEven).Store(to + 4 * step);
        g2.Store(to + 5 * step);
    }

    /// <summary>Transforms the gradients of six transformed weights to those of the three of the filter.</summary>
    /// <param name="from">The first of the six.</param>
    /// <param name="step">The numbers from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V First, V Second, V Third) FilterGradient(float* from, nint step)
    {
        V u1 = Vector512.Load(from + step),
            u2 = Vector512.Load(from + 2 * step),
            u3 = Vector512.Load(from + 3 * step),
            u4 = Vector512.Load(from + 4 * step);
        V nearSum = u1 + u2,
            farSum = u3 + u4;
        return (
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(ZeroWeight),
                Vector512.Load(from),
                Avx512F.FusedMultiplyAdd(Vector512.Create(NearWeight), nearSum, Vector512.Create(FarWeight) * farSum)
            ),
            Avx512F.FusedMultiplyAdd(Vector512.Create(NearSlope), u1 - u2, Vector512.Create(FarSlope) * (u3 - u4)),
            Avx512F.FusedMultiplyAdd(
                Vector512.Create(NearCurve),
                nearSum,
                Avx512F.FusedMultiplyAdd(Vector512.Create(FarCurve), farSum, Vector512.Load(from + 5 * step))
            )
        );
    }
}
