using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>The GELU behind a normalization, and its gradient.</summary>
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
                Gelu.Of(Vector512.FusedMultiplyAdd(Vector512.Load(values + i) - mean, factor, shift)).Store(output + i);
            }
        }
        for (nint i = whole; i < count; i++)
        {
            output[i] = Gelu.Of(Vector512.CreateScalar(One(values, i, pattern, numbers)))[0];
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
                V slope = Gelu.Slope(Vector512.FusedMultiplyAdd(Vector512.Load(values + i) - mean, factor, shift));
                (Vector512.Load(gradients + i) * slope).Store(gradients + i);
            }
        }
        for (nint i = whole; i < count; i++)
        {
            gradients[i] *= Gelu.Slope(Vector512.CreateScalar(One(values, i, pattern, numbers)))[0];
        }
    }

    private static float One(float* values, nint at, ChannelPattern pattern, ChannelNumbers numbers)
    {
        int channel = (int)(at % pattern.Channels);
        return numbers.Output(values[at] - numbers.Mean[channel], channel);
    }
}
