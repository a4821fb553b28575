using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>The logistic function and the hyperbolic tangent, within a few units in the last place of float32.</summary>
internal static class Sigmoids
{
    private const float Small = 0.25f; // below it 1 - 2 / (exp(2x) + 1) cancels; its series needs five terms

    /// <summary>Returns 1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Logistic(Vector512<float> x) => Reciprocal(Vector512<float>.One + Exponentials.Of(-x));

    /// <summary>Returns the hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> square = x * x,
            series = Vector512.Create(62f / 2835);
        series = series * square - Vector512.Create(17f / 315);
        series = series * square + Vector512.Create(2f / 15);
        series = series * square - Vector512.Create(1f / 3);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Small)),
            x + x * square * series,
            Vector512<float>.One - Vector512.Create(2f) * Reciprocal(Exponentials.Of(x + x) + Vector512<float>.One)
        );
    }

    /// <summary>Returns the slope of the logistic function where it has a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogisticSlope(Vector512<float> value) => value * (Vector512<float>.One - value);

    /// <summary>Returns the slope of the hyperbolic tangent where it has a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhSlope(Vector512<float> value) => Vector512<float>.One - value * value;

    /// <summary>Returns 1 / x of one or more, by an estimate and a step of Newton's in place of a division.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reciprocal(Vector512<float> x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512<float>.One / x;
        }
        // zero times infinity would not be a number; this returns the second where that is none
        Vector512<float> finite = Avx512F.Min(Vector512.Create(float.MaxValue), x),
            estimate = Avx512F.Reciprocal14(finite);
        return estimate * Vector512.FusedMultiplyAdd(-finite, estimate, Vector512.Create(2f));
    }
}
