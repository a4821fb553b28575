using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Draws a color scale with its numbers.</summary>
internal static class ScaleBar
{
    /// <summary>The least height a bar takes with its numbers.</summary>
    public const float Least = 90;
    private const float Most = 240,
        Width = 14;

    /// <summary>Draws a bar down from a point, with the numbers at its ends, in the middle and between.</summary>
    public static void Draw(
        SKCanvas canvas,
        ColorScale scale,
        ValueRange range,
        float left,
        float top,
        float room,
        Lettering lettering,
        Theme theme,
        string unit = ""
    )
    {
        float height = MathF.Floor(Math.Clamp(room, Least, Most)) - 8;
        top += 4;
        using var paint = new SKPaint();
        var map = ColorMap.For(scale);
        for (int i = 0; i < height; i++)
        {
            paint.Color = map.At(1 - (i / (height - 1)));
            canvas.DrawRect(left, top + i, Width, 1, paint);
        }
        using var line = new SKPaint
        {
            Color = theme.Muted,
            IsStroke = true,
            StrokeWidth = 1,
        };
        canvas.DrawRect(left - 0.5f, top - 0.5f, Width + 1, height + 1, line);
        int steps = height > 150 ? 4 : 2;
        for (int i = 0; i <= steps; i++)
        {
            float y = MathF.Round(top + (height * (steps - i) / steps)) - (i == 0 ? 0.5f : -0.5f);
            canvas.DrawLine(left + Width + 1, y, left + Width + 5, y, line);
            lettering.Write(
                canvas,
                GridPage.Short(range.Low + ((range.High - range.Low) * i / steps)) + unit,
                left + Width + 8,
                y + (lettering.Size * 0.36f),
                theme.Muted
            );
        }
    }
}
