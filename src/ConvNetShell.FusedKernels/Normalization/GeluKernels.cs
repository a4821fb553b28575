using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>
/// The GELU behind a normalization, x times the normal distribution's share below x (Hendrycks and Gimpel, arXiv 1606.08415), and its
/// gradient. The share is that of Hastings' approximation, off by 1.5e-7 at most (Abramowitz and Stegun, Handbook of Mathematical
/// Functions, 7.1.26), whose exponential is the density, too.
/// </summary>
internal static unsafe class GeluKernels
{
    private static readonly int Lanes = V.Count;

    /// <summary>Computes the activation of (value - mean) x factor + shift.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts.</param>
    /// <param name="output">Receives the results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(float* values, nint count, ChannelPattern pattern, ChannelNumbers numbers, float* output)
    {
        nint whole = pattern.Whole(count);
        int length = pattern.Length;
        for (int place = 0; place < length; place += Lanes)
        {
            V mean = Vector512.Load(numbers.Mean + place),
                factor = Vector512.Load(numbers.Factor + place),
                shift = Vector512.Load(numbers.Shift + place);
            for (nint i = place; i < whole; i += length)
            {
                Activate(Vector512.FusedMultiplyAdd(Vector512.Load(values + i) - mean, factor, shift)).Store(output + i);
            }
        }
        for (nint i = whole; i < count; i++)
        {
            output[i] = Activate(Vector512.CreateScalar(One(values, i, pattern, numbers)))[0];
        }
    }

    /// <summary>Multiplies gradients of the activation by its slope.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts.</param>
    /// <param name="gradients">The gradients, which become those of what the activation is given.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Return(float* values, nint count, ChannelPattern pattern, ChannelNumbers numbers, float* gradients)
    {
        nint whole = pattern.Whole(count);
        int length = pattern.Length;
        for (int place = 0; place < length; place += Lanes)
        {
            V mean = Vector512.Load(numbers.Mean + place),
                factor = Vector512.Load(numbers.Factor + place),
                shift = Vector512.Load(numbers.Shift + place);
            for (nint i = place; i < whole; i += length)
            {
                V slope = Slope(Vector512.FusedMultiplyAdd(Vector512.Load(values + i) - mean, factor, shift));
                (Vector512.Load(gradients + i) * slope).Store(gradients + i);
            }
        }
        for (nint i = whole; i < count; i++)
        {
            gradients[i] *= Slope(Vector512.CreateScalar(One(values, i, pattern, numbers)))[0];
        }
    }

    private static float One(float* values, nint at, ChannelPattern pattern, ChannelNumbers numbers)
    {
        int channel = (int)(at % pattern.Channels);
        return numbers.Output(values[at] - numbers.Mean[channel], channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Activate(V x) => x * Share(x, Exponential(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Slope(V x)
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
