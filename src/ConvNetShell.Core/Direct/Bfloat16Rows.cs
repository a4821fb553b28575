using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.Core.Direct;

/// <summary>
/// What is done to rows of bfloat16, a vector at a time. Unless it says otherwise each may write a vector's worth past the end of what it is asked for, and read a pixel and a vector.
/// </summary>
internal static unsafe class Bfloat16Rows
{
    /// <summary>How many pairs <see cref="Gather(float*, ReadOnlySpan{int}, ReadOnlySpan{int}, uint*)"/> makes at a time.</summary>
    public const int GatherStep = 8;

    private const int Half = 16; // bits
    private static readonly int Step = Vector512<uint>.Count;

    /// <summary>Rounds numbers to the nearest bfloat16, ties to even.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="target">Where they go; nothing is written past the last.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: unoptimised vectors are slower than none
    public static void Round(float* source, ushort* target, int count)
    {
        int i = 0;
        for (; i <= count - Step; i += Step)
        {
            Avx512F.ConvertToVector256UInt16(Rounded(Vector512.Load((uint*)source + i)) >>> Half).Store(target + i);
        }
        for (; i < count; i++)
        {
            target[i] = (ushort)(Rounded(Vector512.CreateScalarUnsafe(BitConverter.SingleToUInt32Bits(source[i]))).ToScalar() >> Half);
        }
    }

    /// <summary>Puts each value together with the one that stands a pixel further on.</summary>
    /// <param name="source">The values.</param>
    /// <param name="pairs">Where the pairs go.</param>
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

    /// <summary>Puts the values of every second pixel together with those of the pixel after it.</summary>
    /// <param name="source">The values of a row.</param>
    /// <param name="pairs">Where the pairs go.</param>
    /// <param name="count">How many pairs of pixels.</param>
    /// <param name="channels">The values of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PairEven(ushort* source, uint* pairs, int count, int channels)
    {
        for (int pair = 0; pair < count; pair++)
        {
            for (int channel = 0; channel < channels; channel += Step) // what is written too far, the next pair overwrites
            {
                Pair(source + 2 * pair * channels + channel, channels).Store(pairs + pair * channels + channel);
            }
        }
    }

    /// <summary>Adds up the gradients of pixels that have a place to go to, channel by channel.</summary>
    /// <param name="source">The gradients.</param>
    /// <param name="places">The places; none where negative.</param>
    /// <param name="sums">The sums, for whole vectors of channels; those past the last channel mean nothing.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="channels">The values of a pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPlaced(ushort* source, short* places, float* sums, int pixels, int channels)
    {
        for (int channel = 0; channel < channels; channel += Step)
        {
            Vector512<float> sum = Vector512.Load(sums + channel);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector512<int> place = Avx512F.ConvertToVector512Int32(Vector256.Load(places + pixel * channels + channel));
                Vector512<uint> value = Widen(source + pixel * channels + channel) << Half;
                sum += Vector512.AndNot(value, Vector512.LessThan(place, Vector512<int>.Zero).AsUInt32()).AsSingle();
            }
            sum.Store(sums + channel);
        }
    }

    /// <summary>Rounds numbers that lie anywhere and puts them together in pairs.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="first">Where the first of each pair lies, -1 for a zero; a whole number of steps.</param>
    /// <param name="second">Where the second lies.</param>
    /// <param name="pairs">Where the pairs go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* source, ReadOnlySpan<int> first, ReadOnlySpan<int> second, uint* pairs)
    {
        for (int i = 0; i < first.Length; i += GatherStep)
        {
            Vector256<uint> low = Gather(source, Vector256.Create(first[i..])), high = Gather(source, Vector256.Create(second[i..]));
            (low >>> Half | high & Vector256.Create(0xFFFF0000u)).Store(pairs + i);
        }
    }

    private static Vector256<uint> Gather(float* source, Vector256<int> places)
    {
        Vector256<int> there = Vector256.GreaterThanOrEqual(places, Vector256<int>.Zero);
        Vector256<uint> bits = Avx2.GatherMaskVector256(Vector256<int>.Zero, (int*)source, places, there, sizeof(float)).AsUInt32();
        return bits + Vector256.Create(0x7FFFu) + (bits >>> Half & Vector256<uint>.One);
    }

    private static Vector512<uint> Rounded(Vector512<uint> bits) => bits + Vector512.Create(0x7FFFu) + (bits >>> Half & Vector512<uint>.One);

    private static Vector512<uint> Pair(ushort* source, int channels) => Widen(source) | Widen(source + channels) << Half;

    private static Vector512<uint> Widen(ushort* source) => Avx512F.ConvertToVector512UInt32(Vector256.Load(source));
}
