using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>The sum at the end of a residual block, with the normalization before it and the ReLU behind it.</summary>
internal static unsafe class ShortcutKernels
{
    private static readonly int Lanes = Vector512<float>.Count;

    /// <summary>Computes (value - mean) x factor + shift + other.</summary>
    /// <param name="values">The values.</param>
    /// <param name="others">What is added.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts; a ReLU is that of the sum.</param>
    /// <param name="output">Receives the results.</param>
    public static void Add(float* values, float* others, nint count, ChannelPattern pattern, ChannelNumbers numbers, float* output)
    {
        bool passesCache = (nint)output % Vector512<byte>.Count == 0; // the next to read it comes when all images are done
        foreach ((nint start, nint end, int place) in pattern.Steps(0, count))
        {
            Add(values, others, start, end, pattern.Length, numbers, place, passesCache, output);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            int channel = (int)(i % pattern.Channels);
            float result = numbers.Output(values[i] - numbers.Mean[channel], channel) + others[i];
            output[i] = numbers.HasRelu && result < 0 ? 0 : result;
        }
    }

    /// <summary>Returns the gradients that a ReLU lets through.</summary>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="count">How many.</param>
    /// <param name="result">Receives the gradients, 0 where an output is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pass(float* outputs, float* gradients, nint count, float* result)
    {
        nint whole = count - count % Lanes;
        for (nint i = 0; i < whole; i += Lanes)
        {
            Vector512<float> passes = Vector512.GreaterThan(Vector512.Load(outputs + i), Vector512<float>.Zero);
            (Vector512.Load(gradients + i) & passes).Store(result + i);
        }
        for (nint i = whole; i < count; i++)
        {
            result[i] = outputs[i] > 0 ? gradients[i] : 0;
        }
    }

    /// <summary>Adds numbers to others.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">What they are added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* numbers, nint count, float* sums)
    {
        nint whole = count - count % Lanes;
        for (nint i = 0; i < whole; i += Lanes)
        {
            (Vector512.Load(sums + i) + Vector512.Load(numbers + i)).Store(sums + i);
        }
        for (nint i = whole; i < count; i++)
        {
            sums[i] += numbers[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        float* values,
        float* others,
        nint start,
        nint end,
        int length,
        ChannelNumbers numbers,
        int place,
        bool passesCache,
        float* output
    )
    {
        var least = Vector512.Create(numbers.HasRelu ? 0 : float.NegativeInfinity);
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            nint next = i + Lanes;
            Vector512<float> result = norm.Output(Vector512.Load(values + i) - norm.Mean) + Vector512.Load(others + i),
                otherResult = other.Output(Vector512.Load(values + next) - other.Mean) + Vector512.Load(others + next);
            result = Vector512.MaxNative(least, result); // which returns the second of two where one is NaN
            otherResult = Vector512.MaxNative(least, otherResult);
            if (passesCache)
            {
                result.StoreAlignedNonTemporal(output + i);
                otherResult.StoreAlignedNonTemporal(output + next);
            }
            else
            {
                result.Store(output + i);
                otherResult.Store(output + next);
            }
        }
    }
}
