using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>
/// The passes of a batch normalization over values stored pixel by pixel, with the ReLU after it if there is one. They compute in float32
/// and add up in float64.
/// </summary>
/// <typeparam name="T">How the values lie in memory.</typeparam>
internal static unsafe class BatchNormKernels<T>
    where T : struct, INumberFormat
{
    private const int Chunk = 1 << 16; // values: as many as float32 adds up before float64 does, and as stay in the cache
    private static readonly int Lanes = Vector512<float>.Count;

    /// <summary>Adds up the values' distances from a number near their mean, and the squares of these.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="near">The number at each place of the pattern.</param>
    /// <param name="sums">Has the sum of each channel added.</param>
    /// <param name="squares">Has the sum of each channel's squares added.</param>
    public static void SumDistances(void* values, nint count, ChannelPattern pattern, float* near, double[] sums, double[] squares)
    {
        Span<float> found = stackalloc float[2 * ChannelPattern.Step];
        foreach ((nint start, nint end, int place) in pattern.Steps(count, Chunk))
        {
            SumDistances(values, start, end, pattern.Length, near + place, found);
            pattern.Add(found, place, sums, squares);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            int channel = (int)(i % pattern.Channels);
            double distance = T.LoadOne(values, i) - near[channel];
            sums[channel] += distance;
            squares[channel] += distance * distance;
        }
    }

    /// <summary>Computes (value - mean) x factor + shift.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts.</param>
    /// <param name="output">Receives the results.</param>
    public static void Normalize(void* values, nint count, ChannelPattern pattern, in ChannelNumbers numbers, void* output)
    {
        foreach ((nint start, nint end, int place) in pattern.Steps(count, Chunk))
        {
            Normalize(values, start, end, pattern.Length, numbers, place, output);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            int channel = (int)(i % pattern.Channels);
            float result = numbers.Output(T.LoadOne(values, i) - numbers.Mean[channel], channel);
            T.StoreOne(numbers.HasRelu && result < 0 ? 0 : result, output, i);
        }
    }

    /// <summary>Adds up the output's gradients that the ReLU lets through, and these times the value's distance from the mean.</summary>
    /// <param name="values">The input.</param>
    /// <param name="gradients">The output's gradients.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts.</param>
    /// <param name="sums">Has the sum of each channel added.</param>
    /// <param name="products">Has the sum of each channel's products added.</param>
    public static void SumGradients(
        void* values,
        void* gradients,
        nint count,
        ChannelPattern pattern,
        in ChannelNumbers numbers,
        double[] sums,
        double[] products
    )
    {
        Span<float> found = stackalloc float[2 * ChannelPattern.Step];
        foreach ((nint start, nint end, int place) in pattern.Steps(count, Chunk))
        {
            SumGradients(values, gradients, start, end, pattern.Length, numbers, place, found);
            pattern.Add(found, place, sums, products);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            int channel = (int)(i % pattern.Channels);
            float distance = T.LoadOne(values, i) - numbers.Mean[channel];
            if (numbers.Passes(distance, channel))
            {
                double gradient = T.LoadOne(gradients, i);
                sums[channel] += gradient;
                products[channel] += gradient * distance;
            }
        }
    }

    /// <summary>Computes gradient x factor + (value - mean) x slope + offset, where a gradient that the ReLU stops is 0.</summary>
    /// <param name="values">The input.</param>
    /// <param name="gradients">The output's gradients.</param>
    /// <param name="count">How many.</param>
    /// <param name="pattern">Their channels.</param>
    /// <param name="numbers">Means, factors and shifts.</param>
    /// <param name="slope">The slope at each place of the pattern.</param>
    /// <param name="offset">The offset at each place.</param>
    /// <param name="output">Receives the input's gradients.</param>
    public static void InputGradients(
        void* values,
        void* gradients,
        nint count,
        ChannelPattern pattern,
        in ChannelNumbers numbers,
        float* slope,
        float* offset,
        void* output
    )
    {
        foreach ((nint start, nint end, int place) in pattern.Steps(count, Chunk))
        {
            InputGradients(values, gradients, start, end, pattern.Length, numbers, slope + place, offset + place, place, output);
        }
        for (nint i = pattern.Whole(count); i < count; i++)
        {
            int channel = (int)(i % pattern.Channels);
            float distance = T.LoadOne(values, i) - numbers.Mean[channel],
                gradient = numbers.Passes(distance, channel) ? T.LoadOne(gradients, i) : 0,
                other = MathF.FusedMultiplyAdd(distance, slope[channel], offset[channel]);
            T.StoreOne(MathF.FusedMultiplyAdd(gradient, numbers.Factor[channel], other), output, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    private static void SumDistances(void* values, nint start, nint end, int length, float* near, Span<float> found)
    {
        Vector512<float> center = Vector512.Load(near),
            nextCenter = Vector512.Load(near + Lanes);
        Vector512<float> sum = Vector512<float>.Zero,
            nextSum = sum,
            square = sum,
            nextSquare = sum;
        for (nint i = start; i < end; i += length)
        {
            Vector512<float> distance = T.Load(values, i) - center,
                next = T.Load(values, i + Lanes) - nextCenter;
            sum += distance;
            nextSum += next;
            square = Vector512.FusedMultiplyAdd(distance, distance, square);
            nextSquare = Vector512.FusedMultiplyAdd(next, next, nextSquare);
        }
        sum.CopyTo(found);
        nextSum.CopyTo(found[Lanes..]);
        square.CopyTo(found[ChannelPattern.Step..]);
        nextSquare.CopyTo(found[(ChannelPattern.Step + Lanes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize(void* values, nint start, nint end, int length, ChannelNumbers numbers, int place, void* output)
    {
        var least = Vector512.Create(numbers.HasRelu ? 0 : float.NegativeInfinity);
        for (int half = 0; half < ChannelPattern.Step; half += Lanes)
        {
            Vector512<float> mean = Vector512.Load(numbers.Mean + place + half),
                factor = Vector512.Load(numbers.Factor + place + half),
                shift = Vector512.Load(numbers.Shift + place + half);
            for (nint i = start + half; i < end; i += length)
            {
                Vector512<float> result = Vector512.FusedMultiplyAdd(T.Load(values, i) - mean, factor, shift);
                T.Store(Vector512.MaxNative(least, result), output, i); // which returns the second of two where one is NaN
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumGradients(
        void* values,
        void* gradients,
        nint start,
        nint end,
        int length,
        ChannelNumbers numbers,
        int place,
        Span<float> found
    )
    {
        Vector512<float> all = All(numbers);
        for (int half = 0; half < ChannelPattern.Step; half += Lanes)
        {
            Vector512<float> mean = Vector512.Load(numbers.Mean + place + half),
                factor = Vector512.Load(numbers.Factor + place + half),
                shift = Vector512.Load(numbers.Shift + place + half),
                sum = Vector512<float>.Zero,
                product = sum;
            for (nint i = start + half; i < end; i += length)
            {
                Vector512<float> distance = T.Load(values, i) - mean,
                    gradient = T.Load(gradients, i) & (Passing(distance, factor, shift) | all);
                sum += gradient;
                product = Vector512.FusedMultiplyAdd(gradient, distance, product);
            }
            sum.CopyTo(found[half..]);
            product.CopyTo(found[(ChannelPattern.Step + half)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradients(
        void* values,
        void* gradients,
        nint start,
        nint end,
        int length,
        ChannelNumbers numbers,
        float* slope,
        float* offset,
        int place,
        void* output
    )
    {
        Vector512<float> all = All(numbers);
        for (int half = 0; half < ChannelPattern.Step; half += Lanes)
        {
            Vector512<float> mean = Vector512.Load(numbers.Mean + place + half),
                factor = Vector512.Load(numbers.Factor + place + half),
                shift = Vector512.Load(numbers.Shift + place + half),
                incline = Vector512.Load(slope + half),
                constant = Vector512.Load(offset + half);
            for (nint i = start + half; i < end; i += length)
            {
                Vector512<float> distance = T.Load(values, i) - mean,
                    gradient = T.Load(gradients, i) & (Passing(distance, factor, shift) | all),
                    other = Vector512.FusedMultiplyAdd(distance, incline, constant);
                T.Store(Vector512.FusedMultiplyAdd(gradient, factor, other), output, i);
            }
        }
    }

    /// <summary>Returns all bits where there is no ReLU.</summary>
    private static Vector512<float> All(ChannelNumbers numbers) =>
        numbers.HasRelu ? Vector512<float>.Zero : Vector512<uint>.AllBitsSet.AsSingle();

    /// <summary>Returns all bits where the output is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Passing(Vector512<float> distance, Vector512<float> factor, Vector512<float> shift) =>
        Vector512.GreaterThan(Vector512.FusedMultiplyAdd(distance, factor, shift), Vector512<float>.Zero);
}
