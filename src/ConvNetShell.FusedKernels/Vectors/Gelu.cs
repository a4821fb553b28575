using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    /// <summary>Returns exp(-x^2 / 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponential(V x) => Exponentials.Of(x * x * Vector512.Create(-0.5f));
}
