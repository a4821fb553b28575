using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Vectors;

/// <summary>
/// The GELU, x times the normal distribution's share below x (Hendrycks and Gimpel, arXiv 1606.08415), and its slope. The share is that of
/// Hastings' approximation, off by 1.5e-7 at most (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26), whose exponential
/// is the density, too.
/// </summary>
internal static class Gelu
{
    /// <summary>Returns the activation.</summary>
    /// <param name="x">What it is given.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of(V x) => x * Share(x, Exponential(x));

    /// <summary>Returns its slope.</summary>
    /// <param name="x">What the activation is given.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope(V x)
    {
        V exponential = Exponential(x);
        return Vector512.FusedMultiplyAdd(x * Vector512.Create(0.39894228f), exponential, Share(x, exponential)); // 1 / sqrt(2 pi)
    }

    /// <summary>Returns the normal distribution's share below x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Share(V x, V exponential)
    {
        V t = V.One / Vector512.FusedMultiplyAdd(Vector512.Abs(x), Vector512.Create(0.3275911f * 0.70710678f), V.One);
        V sum = Vector512.FusedMultiplyAdd(Vector512.Create(1.061405429f), t, Vector512.Create(-1.453152027f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(1.421413741f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(-0.284496736f));
        sum = Vector512.FusedMultiplyAdd(sum, t, Vector512.Create(0.254829592f));
        V tail = sum * t * exponential * Vector512.Create(0.5f);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, V.Zero), tail, V.One - tail);
    }

    /// <summary>Returns exp(-x^2 / 2), not below the smallest normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponential(V x)
    {
        const float least = -87.3f;
        V power = Vector512.MaxNative(Vector512.Create(least), x * x * Vector512.Create(-0.5f)); // which returns the second where it is NaN
        V whole = Avx512F.RoundScale(power * Vector512.Create(1.44269504f), 0); // of log2(e), to the nearest integer
        // ln 2 in two parts, the first of few digits: what is left is exact but for the last
        V rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-0.693359375f), power);
        rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(2.12194440e-4f), rest);
        // Taylor's series: the next summand is below 1.2e-7 of the sum, as |rest| is below ln(2) / 2
        V sum = Vector512.FusedMultiplyAdd(Vector512.Create(1 / 720f), rest, Vector512.Create(1 / 120f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 24f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 6f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, V.One);
        sum = Vector512.FusedMultiplyAdd(sum, rest, V.One);
        return Avx512F.Scale(sum, whole);
    }
}
