using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Draws a picture of one row as curves, one for each channel.</summary>
internal static class SignalPainter
{
    /// <summary>Draws the curves into a frame; values that are not a number leave a gap with a mark at the bottom.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="theme">The colors of lines.</param>
    /// <param name="ends">The numbers at the bottom and the top; <see langword="null"/> for the picture's own.</param>
    public static void Draw(SKCanvas canvas, Picture picture, SKRect frame, Theme theme, (double Low, double High)? ends = null)
    {
        (double low, double high) = ends ?? (picture.Low ?? picture.Min, picture.High ?? picture.Max);
        if (!(high > low))
        {
            (low, high) = double.IsFinite(low) ? (low - 1, low + 1) : (0, 1);
        }
        using var line = new SKPaint
        {
            Color = theme.Line,
            IsStroke = true,
            StrokeWidth = 1,
        };
        canvas.DrawRect(frame, line);
        SKRect inside = SKRect.Inflate(frame, -4, -5);
        float Y(double value) => (float)(inside.Bottom - ((value - low) / (high - low) * inside.Height));
        if (low < 0 && high > 0)
        {
            using var zero = new SKPaint
            {
                Color = theme.Muted,
                IsStroke = true,
                StrokeWidth = 1,
            };
            float level = MathF.Floor(Y(0)) + 0.5f; // a sharp line of one pixel
            canvas.DrawLine(frame.Left, level, frame.Right, level, zero);
        }
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            using var stroke = new SKPaint
            {
                Color = Theme.Series[channel % Theme.Series.Count],
                IsStroke = true,
                StrokeWidth = 1.5f,
                IsAntialias = true,
                StrokeJoin = SKStrokeJoin.Round,
            };
            using var odd = new SKPaint { Color = Theme.NotANumber };
            using var path = new SKPath();
            bool drawing = false;
            for (int i = 0; i < picture.Width; i++)
            {
                float value = picture.Values[(channel * picture.Width) + i];
                float x = inside.Left + (inside.Width * i / (picture.Width - 1));
                if (!float.IsFinite(value))
                {
                    canvas.DrawRect(x - 1, inside.Bottom - 3, 3, 6, odd);
                    drawing = false;
                    continue;
                }
                if (drawing)
                {
                    path.LineTo(x, Y(value));
                }
                else
                {
                    path.MoveTo(x, Y(value));
                    drawing = true;
                }
            }
            canvas.DrawPath(path, stroke);
        }
    }
}
