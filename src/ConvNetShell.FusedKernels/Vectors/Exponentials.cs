using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Vectors;

/// <summary>The exponential function.</summary>
internal static class Exponentials
{
    // beyond them the result is zero, or infinite
    private const float Least = -104,
        Most = 89;

    /// <summary>Returns exp(x), off by 2.5e-7 of it at most.</summary>
    /// <param name="x">The power; where it is not a number, the result is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Exp(x);
        }
        // these return the second where one is not a number
        V power = Avx512F.Min(Vector512.Create(Most), Avx512F.Max(Vector512.Create(Least), x));
        V whole = Avx512F.RoundScale(power * Vector512.Create(1.44269504f), 0); // of log2(e), to the nearest integer
        // ln 2 in two parts, the first of few digits: what is left is exact but for the last
        V rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-0.693359375f), power);
        rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(2.12194440e-4f), rest);
        // Taylor's series: the next summand is below 6e-9 of the sum, as |rest| is below ln(2) / 2
        V sum = Vector512.FusedMultiplyAdd(Vector512.Create(1 / 5040f), rest, Vector512.Create(1 / 720f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 120f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 24f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 6f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, V.One);
        sum = Vector512.FusedMultiplyAdd(sum, rest, V.One);
        return Avx512F.Scale(sum, whole);
    }
}
