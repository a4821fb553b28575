using System.Text;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws a picture with half blocks: each character is two pixels, one above the other.</summary>
internal static class HalfBlocks
{
    /// <summary>Returns the lines of a picture, each so many characters wide.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="range">The numbers at the ends of its color scale.</param>
    /// <param name="columns">The characters of a line.</param>
    public static string[] Draw(Picture picture, ValueRange range, int columns)
    {
        SKSizeI size = PictureImage.Size(picture);
        int rows = Math.Max(1, (int)Math.Round((double)columns * size.Height / size.Width));
        using var bitmap = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Transparent);
            if (picture.Under is { } under)
            {
                Paint(canvas, under, ValueRange.Of(under), columns, rows);
            }
            Paint(canvas, picture, range, columns, rows);
        }
        var lines = new string[(rows + 1) / 2];
        for (int line = 0; line < lines.Length; line++)
        {
            lines[line] = Line(bitmap, line * 2);
        }
        return lines;
    }

    private static void Paint(SKCanvas canvas, Picture picture, ValueRange range, int columns, int rows)
    {
        using SKImage image = PictureImage.Draw(picture, range);
        SKSamplingOptions sampling =
            image.Width > columns
                ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                : new SKSamplingOptions(SKFilterMode.Nearest);
        canvas.DrawImage(image, SKRect.Create(columns, rows), sampling);
    }

    private static string Line(SKBitmap bitmap, int row)
    {
        var text = new StringBuilder();
        (SKColor, SKColor)? now = null;
        for (int column = 0; column < bitmap.Width; column++)
        {
            SKColor upper = bitmap.GetPixel(column, row),
                lower = row + 1 < bitmap.Height ? bitmap.GetPixel(column, row + 1) : SKColors.Transparent;
            if (upper.Alpha == 0 && lower.Alpha == 0)
            {
                text.Append(now is null ? " " : Ansi.Reset + " ");
                now = null;
                continue;
            }
            if (now != (upper, lower))
            {
                text.Append(Ansi.Reset).Append(Ansi.Foreground(upper.Alpha == 0 ? lower : upper));
                text.Append(upper.Alpha == 0 || lower.Alpha == 0 ? string.Empty : Ansi.Background(lower));
                now = (upper, lower);
            }
            text.Append(upper.Alpha == 0 ? '▄' : '▀');
        }
        return text.Append(Ansi.Reset).ToString();
    }
}
