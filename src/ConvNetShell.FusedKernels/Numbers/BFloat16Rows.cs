using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>
/// Loops over rows of bfloat16, a vector at a time. By default each may write up to a vector past the end, and read a pixel
/// and a vector past it.
/// </summary>
internal static unsafe class BFloat16Rows
{
    /// <summary>The pairs that <c>Gather</c> makes at a time.</summary>
    public const int GatherStep = 8;

    private const int Half = 16; // bits
    private const uint Magnitude = 0x7FFFFFFF,
        Infinity = 0x7F800000,
        QuietNaN = 0x7FC00000,
        Upper = 0xFFFF0000;
    private static readonly int Step = Vector512<uint>.Count;

    /// <summary>Rounds numbers to the nearest bfloat16, ties to even.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="target">Receives them; nothing is written past the last.</param>
    /// <returns>Whether all numbers are finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimized vectors are slower than none
    public static bool Round(ReadOnlySpan<float> source, ushort* target)
    {
        Vector512<uint> largest = Vector512<uint>.Zero;
        uint last = 0;
        int i = 0;
        fixed (float* numbers = source)
        {
            for (; i <= source.Length - Step; i += Step)
            {
                Vector512<uint> bits = Vector512.Load((uint*)numbers + i);
                largest = Vector512.Max(largest, bits & Vector512.Create(Magnitude));
                Narrow(Rounded(bits) >>> Half).Store(target + i);
            }
        }
        for (; i < source.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(source[i]);
            last = Math.Max(last, bits & Magnitude);
            target[i] = (ushort)(Rounded(Vector512.CreateScalarUnsafe(bits)).ToScalar() >> Half);
        }
        return last < Infinity && Vector512.LessThanAll(largest, Vector512.Create(Infinity));
    }

    /// <summary>Rounds a number to the nearest bfloat16, ties to even.</summary>
    /// <param name="number">The number.</param>
    public static ushort Round(float number) =>
        (ushort)(Rounded(Vector512.CreateScalarUnsafe(BitConverter.SingleToUInt32Bits(number))).ToScalar() >> Half);

    /// <summary>Pairs each value with the one a pixel later.</summary>
    /// <param name="source">The values.</param>
    /// <param name="pairs">Receives the pairs.</param>
    /// <param name="count">How many values.</param>
    /// <param name="channels">The values of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PairAll(ushort* source, uint* pairs, int count, int channels)
    {
        for (int i = 0; i < count; i += Step)
        {
            Pair(source + i, channels).Store(pairs + i);
        }
    }

    /// <summary>Pairs the values of every second pixel with those of the pixel after it.</summary>
    /// <param name="source">The values of a row.</param>
    /// <param name="pairs">Receives the pairs.</param>
    /// <param name="count">How many pixel pairs.</param>
    /// <param name="channels">The values of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PairEven(ushort* source, uint* pairs, int count, int channels)
    {
        for (int pair = 0; pair < count; pair++)
        {
            for (int channel = 0; channel < channels; channel += Step) // the next pair overwrites the excess
            {
                Pair(source + 2 * pair * channels + channel, channels).Store(pairs + pair * channels + channel);
            }
        }
    }

    /// <summary>Adds up, channel by channel, the gradients whose position is not negative.</summary>
    /// <param name="source">The gradients.</param>
    /// <param name="positions">The positions that <see cref="WindowMaximum.Find"/> returned.</param>
    /// <param name="sums">The sums, for whole vectors of channels; those past the last channel mean nothing.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="channels">The values of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRouted(ushort* source, short* positions, float* sums, int pixels, int channels)
    {
        for (int channel = 0; channel < channels; channel += Step)
        {
            Vector512<float> sum = Vector512.Load(sums + channel);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector512<int> position = Widen(positions + pixel * channels + channel);
                Vector512<uint> value = Widen(source + pixel * channels + channel) << Half;
                sum += Vector512.AndNot(value, Vector512.LessThan(position, Vector512<int>.Zero).AsUInt32()).AsSingle();
            }
            sum.Store(sums + channel);
        }
    }

    /// <summary>Rounds numbers from any positions and puts them together in pairs.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="first">The index of the first number of each pair, -1 for a zero. The length is a multiple of
    /// <see cref="GatherStep"/>.</param>
    /// <param name="second">The index of the second.</param>
    /// <param name="pairs">Receives the pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<float> source, ReadOnlySpan<int> first, ReadOnlySpan<int> second, uint* pairs)
    {
        fixed (float* numbers = source)
        {
            for (int i = 0; i < first.Length; i += GatherStep)
            {
                Vector256<uint> low = Gather(numbers, Vector256.Create(first[i..])),
                    high = Gather(numbers, Vector256.Create(second[i..]));
                (low >>> Half | high & Vector256.Create(Upper)).Store(pairs + i);
            }
        }
    }

    private static Vector256<uint> Gather(float* source, Vector256<int> indices)
    {
        Vector256<uint> bits;
        if (Avx2.IsSupported)
        {
            Vector256<int> used = Vector256.GreaterThanOrEqual(indices, Vector256<int>.Zero);
            bits = Avx2.GatherMaskVector256(Vector256<int>.Zero, (int*)source, indices, used, sizeof(float)).AsUInt32();
        }
        else
        {
            Span<uint> values = stackalloc uint[GatherStep];
            for (int i = 0; i < GatherStep; i++)
            {
                values[i] = indices[i] < 0 ? 0 : BitConverter.SingleToUInt32Bits(source[indices[i]]);
            }
            bits = Vector256.Create<uint>(values);
        }
        Vector256<uint> rounded = bits + Vector256.Create(0x7FFFu) + (bits >>> Half & Vector256<uint>.One);
        Vector256<uint> isNaN = Vector256
            .GreaterThan((bits & Vector256.Create(Magnitude)).AsInt32(), Vector256.Create((int)Infinity))
            .AsUInt32();
        return Vector256.ConditionalSelect(isNaN, Vector256.Create(QuietNaN), rounded);
    }

    /// <summary>Adds to the bits of numbers what rounds their upper halves to the nearest, ties to even; a NaN stays one.</summary>
    /// <param name="bits">The bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Rounded(Vector512<uint> bits)
    {
        Vector512<uint> rounded = bits + Vector512.Create(0x7FFFu) + (bits >>> Half & Vector512<uint>.One);
        Vector512<uint> isNaN = Vector512
            .GreaterThan((bits & Vector512.Create(Magnitude)).AsInt32(), Vector512.Create((int)Infinity))
            .AsUInt32();
        return Vector512.ConditionalSelect(isNaN, Vector512.Create(QuietNaN), rounded); // else the carry may turn a NaN into a number
    }

    private static Vector512<uint> Pair(ushort* source, int channels) => Widen(source) | Widen(source + channels) << Half;

    /// <summary>Reads sixteen 16-bit numbers as 32-bit ones.</summary>
    /// <param name="source">The numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Widen(ushort* source)
    {
        Vector256<ushort> values = Vector256.Load(source);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(values)
            : Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values));
    }

    private static Vector512<int> Widen(short* source)
    {
        Vector256<short> values = Vector256.Load(source);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(values)
            : Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values));
    }

    /// <summary>Returns the lower halves of 32-bit numbers.</summary>
    /// <param name="values">The numbers, below 65,536.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ushort> Narrow(Vector512<uint> values) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256UInt16(values) : Vector256.Narrow(values.GetLower(), values.GetUpper());
}
