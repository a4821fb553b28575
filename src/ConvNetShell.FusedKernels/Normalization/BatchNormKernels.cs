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
        int length = pattern.Length;
        float[] found = new float[2 * length];
        foreach ((nint begin, nint until) in pattern.Parts(count))
        {
            foreach ((nint start, nint end, int place) in pattern.Steps(begin, until))
            {
                SumDistances(values, start, end, length, near + place, found.AsSpan(place), found.AsSpan(length + place));
            }
            pattern.Take(found, sums, squares);
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
        foreach ((nint start, nint end, int place) in pattern.Steps(0, count))
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
        int length = pattern.Length;
        float[] found = new float[2 * length];
        foreach ((nint begin, nint until) in pattern.Parts(count))
        {
            foreach ((nint start, nint end, int place) in pattern.Steps(begin, until))
            {
                SumGradients(values, gradients, start, end, length, numbers, place, found.AsSpan(place), found.AsSpan(length + place));
            }
            pattern.Take(found, sums, products);
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
        foreach ((nint start, nint end, int place) in pattern.Steps(0, count))
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
    private static void SumDistances(void* values, nint start, nint end, int length, float* near, Span<float> sums, Span<float> squares)
    {
        Vector512<float> center = Vector512.Load(near),
            nextCenter = Vector512.Load(near + Lanes),
            sum = Vector512.Create<float>(sums),
            nextSum = Vector512.Create<float>(sums[Lanes..]),
            square = Vector512.Create<float>(squares),
            nextSquare = Vector512.Create<float>(squares[Lanes..]);
        for (nint i = start; i < end; i += length)
        {
            Vector512<float> distance = T.Load(values, i) - center,
                next = T.Load(values, i + Lanes) - nextCenter;
            sum += distance;
            nextSum += next;
            square = Vector512.FusedMultiplyAdd(distance, distance, square);
            nextSquare = Vector512.FusedMultiplyAdd(next, next, nextSquare);
        }
        sum.CopyTo(sums);
        nextSum.CopyTo(sums[Lanes..]);
        square.CopyTo(squares);
        nextSquare.CopyTo(squares[Lanes..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize(void* values, nint start, nint end, int length, ChannelNumbers numbers, int place, void* output)
    {
        var least = Vector512.Create(numbers.HasRelu ? 0 : float.NegativeInfinity);
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            T.Store(Vector512.MaxNative(least, norm.Output(T.Load(values, i) - norm.Mean)), output, i); // of two, NaN or not, the second
            T.Store(Vector512.MaxNative(least, other.Output(T.Load(values, i + Lanes) - other.Mean)), output, i + Lanes);
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
        Span<float> sums,
        Span<float> products
    )
    {
        Vector512<float> all = All(numbers),
            sum = Vector512.Create<float>(sums),
            otherSum = Vector512.Create<float>(sums[Lanes..]),
            product = Vector512.Create<float>(products),
            otherProduct = Vector512.Create<float>(products[Lanes..]);
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            Vector512<float> distance = T.Load(values, i) - norm.Mean,
                gradient = norm.Passed(distance, T.Load(gradients, i), all),
                otherDistance = T.Load(values, i + Lanes) - other.Mean,
                otherGradient = other.Passed(otherDistance, T.Load(gradients, i + Lanes), all);
            sum += gradient;
            otherSum += otherGradient;
            product = Vector512.FusedMultiplyAdd(gradient, distance, product);
            otherProduct = Vector512.FusedMultiplyAdd(otherGradient, otherDistance, otherProduct);
        }
        sum.CopyTo(sums);
        otherSum.CopyTo(sums[Lanes..]);
        product.CopyTo(products);
        otherProduct.CopyTo(products[Lanes..]);
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
        Vector512<float> all = All(numbers),
            incline = Vector512.Load(slope),
            constant = Vector512.Load(offset),
            otherIncline = Vector512.Load(slope + Lanes),
            otherConstant = Vector512.Load(offset + Lanes);
        ChannelVector norm = new(numbers, place),
            other = new(numbers, place + Lanes);
        for (nint i = start; i < end; i += length)
        {
            Vector512<float> distance = T.Load(values, i) - norm.Mean,
                gradient = norm.Passed(distance, T.Load(gradients, i), all),
                otherDistance = T.Load(values, i + Lanes) - other.Mean,
                otherGradient = other.Passed(otherDistance, T.Load(gradients, i + Lanes), all);
            distance = Vector512.FusedMultiplyAdd(distance, incline, constant);
            otherDistance = Vector512.FusedMultiplyAdd(otherDistance, otherIncline, otherConstant);
            T.Store(Vector512.FusedMultiplyAdd(gradient, norm.Factor, distance), output, i);
            T.Store(Vector512.FusedMultiplyAdd(otherGradient, other.Factor, otherDistance), output, i + Lanes);
        }
    }

    /// <summary>Returns all bits where there is no ReLU.</summary>
    private static Vector512<float> All(ChannelNumbers numbers) =>
        numbers.HasRelu ? Vector512<float>.Zero : Vector512<uint>.AllBitsSet.AsSingle();
}
