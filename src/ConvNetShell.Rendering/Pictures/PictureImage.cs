using System.Runtime.InteropServices;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Turns the numbers of a picture into pixels, one for each.</summary>
internal static class PictureImage
{
    private const int PlanesInRow = 8,
        LeastSignal = 16;

    /// <summary>Returns whether three planes are the red, green and blue of one picture.</summary>
    public static bool IsColor(Picture picture) => picture is { Scale: ColorScale.Natural, Channels: 3 };

    /// <summary>
    /// Returns whether the picture is a signal, which is drawn as a curve; a short row of three channels is taken for colors, and
    /// one whose numbers are written is cells.
    /// </summary>
    public static bool IsSignal(Picture picture) =>
        picture is { Height: 1, Width: > 1, IsNumbered: false } && (!IsColor(picture) || picture.Width >= LeastSignal);

    /// <summary>Returns the pixels of the picture; planes that are not colors stand side by side, with a pixel between.</summary>
    public static SKSizeI Size(Picture picture)
    {
        (int rows, int columns) = Planes(picture);
        return new SKSizeI((columns * (picture.Width + 1)) - 1, (rows * (picture.Height + 1)) - 1);
    }

    /// <summary>Draws the picture pixel by pixel.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="range">The numbers at the ends of its color scale.</param>
    /// <param name="magnify">How many pixels each number takes, across and down.</param>
    public static SKImage Draw(Picture picture, ValueRange range, int magnify = 1)
    {
        SKSizeI size = Size(picture);
        var pixels = new uint[size.Width * size.Height];
        if (IsColor(picture))
        {
            FillColor(picture, range, pixels);
        }
        else
        {
            FillPlanes(picture, range, pixels, size.Width);
        }
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        SKImage image = SKImage.FromPixelCopy(info, MemoryMarshal.AsBytes(pixels.AsSpan()), info.RowBytes);
        return magnify == 1 ? image : Magnify(image, magnify);
    }

    private static (int Rows, int Columns) Planes(Picture picture)
    {
        if (IsColor(picture) || picture.Channels == 1)
        {
            return (1, 1);
        }
        int columns = picture.Channels <= PlanesInRow ? picture.Channels : (int)Math.Ceiling(Math.Sqrt(picture.Channels));
        return ((picture.Channels + columns - 1) / columns, columns);
    }

    private static void FillColor(Picture picture, ValueRange range, Span<uint> pixels)
    {
        ReadOnlySpan<float> values = picture.Values;
        int plane = pixels.Length;
        for (int i = 0; i < plane; i++)
        {
            float red = values[i],
                green = values[plane + i],
                blue = values[(2 * plane) + i];
            pixels[i] = float.IsFinite(red + green + blue)
                ? Pack(new SKColor(Byte(range, red), Byte(range, green), Byte(range, blue)))
                : Pack(Theme.NotANumber);
        }
    }

    private static void FillPlanes(Picture picture, ValueRange range, Span<uint> pixels, int width)
    {
        uint[] map = [.. Enumerable.Range(0, 256).Select(i => Pack(ColorMap.For(picture.Scale).At(i / 255.0)))];
        if (picture.Under is not null)
        {
            // Strong values are opaque, weak ones transparent.
            for (int i = 0; i < 256; i++)
            {
                double strength = picture.Scale == ColorScale.Diverging ? Math.Abs((i / 127.5) - 1) : i / 255.0;
                map[i] = (map[i] & 0xFFFFFF) | ((uint)Math.Round(255 * picture.Opacity * strength) << 24);
            }
        }
        int columns = Planes(picture).Columns;
        for (int i = 0; i < picture.Values.Length; i++)
        {
            (int plane, int pixel) = Math.DivRem(i, picture.Height * picture.Width);
            (int row, int column) = Math.DivRem(pixel, picture.Width);
            int at = ((((plane / columns) * (picture.Height + 1)) + row) * width) + ((plane % columns) * (picture.Width + 1)) + column;
            pixels[at] = float.IsFinite(picture.Values[i]) ? map[Byte(range, picture.Values[i])] : Pack(Theme.NotANumber);
        }
    }

    private static byte Byte(ValueRange range, double value) => (byte)Math.Clamp((range.Fraction(value) * 255) + 0.5, 0, 255);

    private static uint Pack(SKColor color) => ((uint)color.Alpha << 24) | ((uint)color.Blue << 16) | ((uint)color.Green << 8) | color.Red;

    private static SKImage Magnify(SKImage image, int factor)
    {
        using (image)
        using (
            var surface = SKSurface.Create(
                new SKImageInfo(image.Width * factor, image.Height * factor, SKColorType.Rgba8888, SKAlphaType.Premul)
            )
        )
        {
            surface.Canvas.DrawImage(
                image,
                SKRect.Create(image.Width * factor, image.Height * factor),
                new SKSamplingOptions(SKFilterMode.Nearest)
            );
            return surface.Snapshot();
        }
    }
}
