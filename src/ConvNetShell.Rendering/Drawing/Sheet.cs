using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>A page to draw on, and its forms as a file.</summary>
internal static class Sheet
{
    private const int ChartSteps = 16;

    /// <summary>Draws a PNG.</summary>
    /// <param name="size">The size in pixels.</param>
    /// <param name="scale">How many pixels of the file each is.</param>
    /// <param name="background">The color of the page.</param>
    /// <param name="draw">Draws.</param>
    /// <param name="chart">Whether it has lines and letters only, whose colors may be rounded.</param>
    public static byte[] Png(SKSizeI size, float scale, SKColor background, Action<SKCanvas> draw, bool chart = false)
    {
        using SKBitmap bitmap = Bitmap(size, scale, background, draw);
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        if (PalettePng.TryEncode(pixels, bitmap.Width, 256) is { } exact)
        {
            return exact;
        }
        if (chart && PalettePng.TryEncode(pixels, bitmap.Width, ChartSteps) is { } small)
        {
            return small;
        }
        using SKPixmap pixmap = bitmap.PeekPixels();
        // Large areas of one color: filters gain little and cost most of the time.
        using SKData data =
            pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 5))
            ?? throw new InvalidOperationException("The PNG encoder gave no data.");
        return data.ToArray();
    }

    /// <summary>Draws pixels; the caller disposes them.</summary>
    /// <param name="size">The size in pixels.</param>
    /// <param name="scale">How many pixels of the bitmap each is.</param>
    /// <param name="background">The color of the page.</param>
    /// <param name="draw">Draws.</param>
    public static SKBitmap Bitmap(SKSizeI size, float scale, SKColor background, Action<SKCanvas> draw)
    {
        var bitmap = new SKBitmap(
            new SKImageInfo(
                (int)MathF.Ceiling(size.Width * scale),
                (int)MathF.Ceiling(size.Height * scale),
                SKColorType.Rgba8888,
                SKAlphaType.Opaque
            )
        );
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(background);
        canvas.Scale(scale);
        draw(canvas);
        return bitmap;
    }

    /// <summary>Draws an SVG; Skia escapes the text in it.</summary>
    public static string Svg(SKSizeI size, SKColor background, Action<SKCanvas> draw)
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(size.Width, size.Height), stream))
        {
            using var paint = new SKPaint { Color = background };
            canvas.DrawRect(0, 0, size.Width, size.Height, paint);
            draw(canvas);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
