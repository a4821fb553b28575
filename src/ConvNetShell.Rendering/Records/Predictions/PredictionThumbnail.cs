using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records.Predictions;

/// <summary>Draws an image in a small square: pictures in their colors, signals as curves.</summary>
internal static class PredictionThumbnail
{
    /// <summary>The side of the square, in pixels.</summary>
    public const int Side = 96;

    private const int SignalHeight = 60;

    /// <summary>
    /// Returns the size that an image has in the square, its sides in proportion; each pixel of a small one has as many as the others.
    /// </summary>
    public static SKSizeI Size(Picture picture)
    {
        if (PictureImage.IsSignal(picture))
        {
            return new SKSizeI(Side, SignalHeight);
        }
        SKSizeI pixels = PictureImage.Size(picture);
        float factor = Side / (float)Math.Max(pixels.Width, pixels.Height);
        factor = factor > 1 ? MathF.Floor(factor) : factor;
        return new SKSizeI(Math.Max(1, (int)(pixels.Width * factor)), Math.Max(1, (int)(pixels.Height * factor)));
    }

    /// <summary>Draws the image from a point on.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="picture">The image.</param>
    /// <param name="left">Its left.</param>
    /// <param name="top">Its top.</param>
    /// <param name="theme">The colors of lines.</param>
    /// <param name="vector">Whether the page is magnified later: pixels keep their edges then.</param>
    public static void Draw(SKCanvas canvas, Picture picture, float left, float top, Theme theme, bool vector)
    {
        SKSizeI size = Size(picture);
        SKRect frame = SKRect.Create(left, top, size.Width, size.Height);
        if (PictureImage.IsSignal(picture))
        {
            SignalPainter.Draw(canvas, picture, frame, theme);
            return;
        }
        int magnify = vector ? Math.Max(1, 2 * size.Width / PictureImage.Size(picture).Width) : 1;
        using SKImage image = PictureImage.Draw(picture, ValueRange.Of(picture), magnify);
        SKSamplingOptions sampling =
            size.Width < image.Width
                ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                : new SKSamplingOptions(SKFilterMode.Nearest);
        canvas.DrawImage(image, frame, sampling);
        using var line = new SKPaint
        {
            Color = theme.Line,
            IsStroke = true,
            StrokeWidth = 1,
        };
        canvas.DrawRect(SKRect.Create(left - 0.5f, top - 0.5f, size.Width + 1, size.Height + 1), line);
    }

    /// <summary>Returns the image for a page whose colors are not known: as data in an address.</summary>
    public static string Address(Picture picture)
    {
        SKSizeI size = Size(picture);
        void Drawn(SKCanvas canvas) => Draw(canvas, picture, 0, 0, Theme.Light, vector: false);
        if (PictureImage.IsSignal(picture))
        {
            string svg = Sheet.Svg(size, SKColors.Transparent, Drawn);
            return $"data:image/svg+xml;base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg))}";
        }
        return $"data:image/png;base64,{Convert.ToBase64String(Sheet.Png(size, 2, SKColors.White, Drawn))}";
    }
}
