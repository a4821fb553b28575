using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>A color of a generated picture; each channel from 0 to 255, fractions too.</summary>
internal readonly record struct PaintColor(double Red, double Green, double Blue)
{
    /// <summary>Draws a color.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="from">The least value of a channel.</param>
    /// <param name="to">The largest value of a channel.</param>
    public static PaintColor Random(SeededRandom random, double from, double to) =>
        new(random.NextDouble(from, to), random.NextDouble(from, to), random.NextDouble(from, to));

    /// <summary>Returns a mixture with another color.</summary>
    /// <param name="other">The other color.</param>
    /// <param name="fraction">The other's part: 0 is this color, 1 the other.</param>
    public PaintColor Towards(PaintColor other, double fraction) =>
        new(Red + ((other.Red - Red) * fraction), Green + ((other.Green - Green) * fraction), Blue + ((other.Blue - Blue) * fraction));

    /// <summary>Returns the color with every channel times a factor.</summary>
    /// <param name="factor">The factor.</param>
    public PaintColor Lit(double factor) => new(Red * factor, Green * factor, Blue * factor);

    /// <summary>Draws a color at least this far away in the mean of the channels' distances.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="least">The least distance.</param>
    public PaintColor Contrasting(SeededRandom random, double least)
    {
        PaintColor other;
        do
        {
            other = Random(random, 10, 245);
        } while (Math.Abs(Red - other.Red) + Math.Abs(Green - other.Green) + Math.Abs(Blue - other.Blue) < 3 * least);
        return other;
    }

    /// <summary>Writes the color into three bytes with near-normal noise: each value's is four 16-bit numbers summed (Irwin and Hall).
    /// </summary>
    /// <param name="pixel">The three bytes.</param>
    /// <param name="noise">The standard deviation of the noise.</param>
    /// <param name="random">The random numbers.</param>
    public void Write(Span<byte> pixel, double noise, SeededRandom random)
    {
        pixel[0] = Noisy(Red, noise, random);
        pixel[1] = Noisy(Green, noise, random);
        pixel[2] = Noisy(Blue, noise, random);
    }

    private static byte Noisy(double value, double noise, SeededRandom random)
    {
        ulong bits = random.NextBits();
        double sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        double normal = ((sum / 65535) - 2) * 1.7320508075688772;
        return (byte)Math.Clamp(value + (noise * normal) + 0.5, 0, 255);
    }
}
