using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Writes the numbers of a small picture: into its cells, or as lines of text.</summary>
internal static class CellNumbers
{
    private const float Size = 12,
        Edge = 8,
        Most = 64;

    /// <summary>Returns the side of a cell that takes the widest number of a picture, in pixels.</summary>
    public static float Side(Picture picture)
    {
        using var lettering = new Lettering(Size);
        return Math.Clamp(MathF.Ceiling(Widest(picture, lettering)) + Edge, 28, Most);
    }

    /// <summary>Writes the numbers where the cells have room for them, and lines between the cells.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="picture">The picture; its planes stand side by side.</param>
    /// <param name="range">Its range of colors.</param>
    /// <param name="tile">Where it is drawn.</param>
    /// <param name="theme">The colors of lines.</param>
    public static void Draw(SKCanvas canvas, Picture picture, ValueRange range, SKRect tile, Theme theme)
    {
        using var lettering = new Lettering(Size);
        float across = tile.Width / picture.Width,
            down = tile.Height / picture.Height;
        if (picture.Channels > 1 || down < lettering.LineHeight || Widest(picture, lettering) > Math.Min(across, Most))
        {
            return;
        }
        using var line = new SKPaint { Color = theme.Line, IsStroke = true };
        ColorMap colors = ColorMap.For(picture.Scale);
        for (int i = 0; i < picture.Values.Length; i++)
        {
            SKRect cell = SKRect.Create(tile.Left + (i % picture.Width * across), tile.Top + (i / picture.Width * down), across, down);
            canvas.DrawRect(cell, line);
            SKColor color = float.IsFinite(picture.Values[i]) ? colors.At(range.Fraction(picture.Values[i])) : Theme.NotANumber,
                ink = (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue) < 140 ? SKColors.White : SKColors.Black;
            lettering.Write(
                canvas,
                ViewText.Number(picture.Values[i]),
                cell.MidX,
                cell.MidY + (lettering.Size * 0.36f),
                ink,
                SKTextAlign.Center
            );
        }
    }

    /// <summary>Returns the rows of numbers as text, one column below the other.</summary>
    public static string[] Lines(Picture picture)
    {
        string[] numbers = [.. picture.Values.Select(value => ViewText.Number(value))];
        int width = numbers.Max(number => number.Length);
        return [.. numbers.Chunk(picture.Width).Select(row => string.Join(' ', row.Select(number => number.PadLeft(width))))];
    }

    private static float Widest(Picture picture, Lettering lettering) =>
        picture.Values.Select(value => lettering.Width(ViewText.Number(value))).DefaultIfEmpty(0).Max();
}
