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
    public static void Activate(float* values, nint count, ChannelPattern pattern, ChannelNumbers numbers, float* output)
    {
        foreach ((nint start, nint end, int place) in pattern.Steps(0, count))
        {
            Activate(values, start, end, pattern.Length, numbers, place, output);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
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
    public static void Return(float* values, nint count, ChannelPattern pattern, ChannelNumbers numbers, float* gradients)
    {
        foreach ((nint start, nint end, int place) in pattern.Steps(0, count))
        {
            Return(values, start, end, pattern.Length, numbers, place, gradients);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            gradients[i] *= Gelu.Slope(Vector512.CreateScalar(One(values, i, pattern, numbers)))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Activate(float* values, nint start, nint end, int length, ChannelNumbers numbers, int place, float* output)
    {
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            Gelu.Of(norm.Output(Vector512.Load(values + i) - norm.Mean)).Store(output + i);
            Gelu.Of(other.Output(Vector512.Load(values + i + Lanes) - other.Mean)).Store(output + i + Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Return(float* values, nint start, nint end, int length, ChannelNumbers numbers, int place, float* gradients)
    {
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            V slope = Gelu.Slope(norm.Output(Vector512.Load(values + i) - norm.Mean)),
                otherSlope = Gelu.Slope(other.Output(Vector512.Load(values + i + Lanes) - other.Mean));
            (Vector512.Load(gradients + i) * slope).Store(gradients + i);
            (Vector512.Load(gradients + i + Lanes) * otherSlope).Store(gradients + i + Lanes);
        }
    }

    private static float One(float* values, nint at, ChannelPattern pattern, ChannelNumbers numbers)
    {
        int channel = (int)(at % pattern.Channels);
        return numbers.Output(values[at] - numbers.Mean[channel], channel);
    }
}
