using System.Text;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>A page to draw on, and its forms as a file.</summary>
internal static class Sheet
{
    /// <summary>Draws a PNG.</summary>
    public static byte[] Png(SKSizeI size, float scale, SKColor background, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(new SKImageInfo((int)MathF.Ceiling(size.Width * scale), (int)MathF.Ceiling(size.Height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(background);
            canvas.Scale(scale);
            draw(canvas);
        }
        using SKPixmap pixmap = bitmap.PeekPixels();
        // Large areas of one colour: filters gain little and cost most of the time.
        using SKData data = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 5))
            ?? throw new InvalidOperationException("The PNG encoder gave no data.");
        return data.ToArray();
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
