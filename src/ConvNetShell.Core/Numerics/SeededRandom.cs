using System.Numerics;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// Random numbers that are the same on every machine and every version of .NET: xoshiro256** (Blackman and Vigna, 2018), its state
/// filled by SplitMix64. A seed has many independent streams, so that image 7 is the same picture however many are made.
/// Not safe for use from two threads at once: give each its own stream.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spare = double.NaN;

    /// <summary>Initializes a new instance of the <see cref="SeededRandom"/> class.</summary>
    /// <param name="seed">The seed; any number.</param>
    /// <param name="stream">Which of the seed's streams; default 0.</param>
    public SeededRandom(long seed, long stream = 0)
    {
        // The stream is mixed before it is joined, so that (1, 2) and (2, 1) are unrelated.
        ulong streamState = unchecked((ulong)stream);
        ulong state = unchecked((ulong)seed) ^ BitOperations.RotateLeft(SplitMix(ref streamState), 17);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>Returns whether numbers are a state that a stream can have.</summary>
    internal static bool IsState(ulong[] numbers) => numbers.Length == 5 && numbers.Take(4).Any(number => number != 0);

    /// <summary>Gets or sets where the stream stands: five numbers that another instance can go on from.</summary>
    internal ulong[] State
    {
        get => [s0, s1, s2, s3, BitConverter.DoubleToUInt64Bits(spare)];
        set => (s0, s1, s2, s3, spare) = (value[0], value[1], value[2], value[3], BitConverter.UInt64BitsToDouble(value[4]));
    }

    /// <summary>Returns 64 random bits.</summary>
    /// <returns>Any unsigned 64-bit number, all equally likely.</returns>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Returns a whole number from 0 up to, not including, <paramref name="below"/>, all equally likely.</summary>
    /// <param name="below">One more than the largest result; positive.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidSettingException"><paramref name="below"/> is not positive.</exception>
    public int NextInt(int below)
    {
        if (below < 1)
        {
            throw new InvalidSettingException(nameof(below), "positive", below);
        }

        // Lemire's method: the low half identifies the few draws that would favor small numbers; they are discarded.
        ulong product = (NextBits() >> 32) * (uint)below;
        uint limit = unchecked((uint)-below) % (uint)below;
        while ((uint)product < limit)
        {
            product = (NextBits() >> 32) * (uint)below;
        }
        return (int)(product >> 32);
    }

    /// <summary>Returns a number from 0 up to, not including, 1.</summary>
    /// <returns>A multiple of 2 to the power of -53.</returns>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a number between two bounds.</summary>
    /// <param name="from">The lowest result.</param>
    /// <param name="to">The bound above, not itself returned.</param>
    /// <returns>The number.</returns>
    public double NextDouble(double from, double to) => from + ((to - from) * NextDouble());

    /// <summary>Returns a normally distributed number of mean 0 and deviation 1 (Marsaglia's polar method).</summary>
    /// <returns>The number; its last bits may differ between platforms, as their logarithms do.</returns>
    public double NextGaussian()
    {
        if (!double.IsNaN(spare))
        {
            double kept = spare;
            spare = double.NaN;
            return kept;
        }
        double x,
            y,
            square;
        do
        {
            x = NextDouble(-1, 1);
            y = NextDouble(-1, 1);
            square = (x * x) + (y * y);
        } while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * factor;
        return x * factor;
    }

    /// <summary>Puts values into a random order, all orders equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="values">The values, reordered in place.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = NextInt(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
