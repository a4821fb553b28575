using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Operators;

/// <summary>
/// Paints a crowd of figures in striped and plain shirts, one of them with a bobble hat, glasses and red and white stripes.
/// </summary>
public static class CrowdPainter
{
    private const int FigureHeight = 36,
        FigureWidth = 20;
    private const double FigureArea = 420; // so many pixels of ground for a figure make a crowd

    /// <summary>Paints a crowd. The same seed gives the same picture on every machine.</summary>
    /// <param name="height">The rows, 72 or more.</param>
    /// <param name="width">The columns, 40 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The picture, the figure to find and where it is.</returns>
    /// <exception cref="InvalidSettingException">The picture is too small.</exception>
    public static CrowdPicture Paint(int height, int width, int seed)
    {
        InvalidSettingException Small(string name, int least, int received) =>
            new(name, FormattableString.Invariant($"{least} or more"), received);
        if (height < 2 * FigureHeight)
        {
            throw Small("Height", 2 * FigureHeight, height);
        }
        if (width < 2 * FigureWidth)
        {
            throw Small("Width", 2 * FigureWidth, width);
        }
        var random = new SeededRandom(seed);
        var canvas = new Canvas(height, width, [214, 206, 180]);
        int count = (int)(height * width / FigureArea);
        for (int i = 0; i < count; i++)
        {
            Figure(canvas, random, random.NextInt(height) - FigureHeight / 2, random.NextInt(width) - FigureWidth / 2, wanted: false);
        }
        int row = random.NextInt(height - FigureHeight),
            column = random.NextInt(width - FigureWidth);
        Figure(canvas, random, row, column, wanted: true);
        byte[] template = canvas.Cut(row, column, FigureHeight, FigureWidth);
        return new CrowdPicture(
            Sample("Crowd", height, width, canvas.Pixels),
            Sample("Template", FigureHeight, FigureWidth, template),
            row,
            column
        );
    }

    private static void Figure(Canvas canvas, SeededRandom random, int top, int left, bool wanted)
    {
        byte[] skin = Shade(random, [224, 172, 132], 40),
            shirt = wanted ? [200, 30, 40] : Any(random),
            second = wanted ? [245, 245, 245]
            : random.NextInt(2) == 0 ? Any(random)
            : shirt;
        byte[] trousers = wanted ? [40, 60, 140] : Any(random),
            hat = wanted ? [200, 30, 40] : Any(random);
        int stripe = wanted ? 3 : 2 + random.NextInt(4);
        bool upright = wanted || random.NextInt(2) == 0;
        for (int y = 0; y < 12; y++)
        {
            byte[] color = upright
                ? y / stripe % 2 == 0
                    ? shirt
                    : second
                : shirt;
            canvas.Box(top + 15 + y, left + 3, 1, 14, color);
        }
        if (!upright)
        {
            for (int x = 0; x < 14; x += 2 * stripe)
            {
                canvas.Box(top + 15, left + 3 + x, 12, Math.Min(stripe, 14 - x), second);
            }
        }
        canvas.Box(top + 27, left + 4, 9, 5, trousers);
        canvas.Box(top + 27, left + 11, 9, 5, trousers);
        canvas.Disc(top + 9, left + 10, 6, skin);
        if (wanted || random.NextInt(3) == 0)
        {
            canvas.Box(top + 2, left + 4, 4, 12, hat);
            canvas.Disc(top + 1, left + 10, 2, wanted ? [245, 245, 245] : hat);
        }
        canvas.Disc(top + 9, left + 7, wanted ? 2 : 1, [30, 30, 30]);
        canvas.Disc(top + 9, left + 13, wanted ? 2 : 1, [30, 30, 30]);
        canvas.Box(top + 12, left + 8, 1, 4, [150, 60, 60]);
    }

    private static byte[] Any(SeededRandom random) =>
        [(byte)(30 + random.NextInt(210)), (byte)(30 + random.NextInt(210)), (byte)(30 + random.NextInt(210))];

    private static byte[] Shade(SeededRandom random, byte[] color, int spread)
    {
        int change = random.NextInt(2 * spread + 1) - spread;
        return [.. color.Select(value => (byte)Math.Clamp(value + change, 0, 255))];
    }

    private static ImageSample Sample(string name, int height, int width, byte[] pixels) =>
        new(name, string.Empty, 0, null, null, height, width, 3, pixels);
}
