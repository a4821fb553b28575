using ConvNetShell.Display.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>Numbers to colors, in 256 steps.</summary>
internal sealed class ColorMap
{
    private readonly SKColor[] colors;

    private ColorMap(params string[] anchors)
    {
        SKColor[] stops = [.. anchors.Select(SKColor.Parse)];
        colors = [.. Enumerable.Range(0, 256).Select(i => Between(stops, i / 255f * (stops.Length - 1)))];
    }

    public static ColorMap Viridis { get; } =
        new(
            "440154",
            "481567",
            "482677",
            "453781",
            "404788",
            "39568c",
            "33638d",
            "2d708e",
            "287d8e",
            "238a8d",
            "1f968b",
            "20a387",
            "29af7f",
            "3cbb75",
            "55c667",
            "73d055",
            "95d840",
            "b8de29",
            "dce319",
            "fde725"
        );

    /// <summary>Gets ColorBrewer's RdBu, blue at the low end.</summary>
    public static ColorMap Diverging { get; } =
        new("053061", "2166ac", "4393c3", "92c5de", "d1e5f0", "f7f7f7", "fddbc7", "f4a582", "d6604d", "b2182b", "67001f");

    public static ColorMap Grey { get; } = new("000000", "ffffff");

    public static ColorMap For(ColorScale scale) =>
        scale switch
        {
            ColorScale.Viridis => Viridis,
            ColorScale.Diverging => Diverging,
            _ => Grey,
        };

    /// <summary>Returns the color at a position from 0 to 1; beyond, that of the end.</summary>
    public SKColor At(double position) => colors[(int)Math.Clamp((position * 255) + 0.5, 0, 255)];

    private static SKColor Between(SKColor[] stops, float position)
    {
        int left = Math.Min((int)position, stops.Length - 2);
        float fraction = position - left;
        byte Mix(byte a, byte b) => (byte)MathF.Round(a + (fraction * (b - a)));
        (SKColor from, SKColor to) = (stops[left], stops[left + 1]);
        return new SKColor(Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue));
    }
}
