using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Drawing;

/// <summary>Our own PNG with a list of colors.</summary>
public sealed class PalettePngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(300, 40)]
    public void What_is_written_is_read_again(int width, int height)
    {
        var random = new Random(3);
        uint[] pixels = [.. Enumerable.Range(0, width * height).Select(_ => 0xFF000000u | (uint)random.Next(200) * 0x010203u)];
        byte[] file = PalettePng.TryEncode(pixels, width, 256)!;
        using SKBitmap bitmap = SKBitmap.Decode(file);
        Assert.Equal((width, height), (bitmap.Width, bitmap.Height));
        Assert.Equal(pixels.Select(pixel => new SKColor((byte)pixel, (byte)(pixel >> 8), (byte)(pixel >> 16))), bitmap.Pixels);
    }

    [Fact]
    public void More_colors_than_the_list_takes_are_left_to_another_encoder() =>
        Assert.Null(PalettePng.TryEncode([.. Enumerable.Range(0, 257).Select(i => (uint)i * 1000)], 257, 256));

    [Fact]
    public void Rounding_changes_no_channel_by_more_than_half_a_step()
    {
        uint[] pixels = [.. Enumerable.Range(0, 256).Select(i => 0xFF000000u | (uint)i)];
        using SKBitmap bitmap = SKBitmap.Decode(PalettePng.TryEncode(pixels, 16, 16));
        Assert.All(bitmap.Pixels.Select((pixel, i) => Math.Abs(pixel.Red - i)), off => Assert.InRange(off, 0, 9));
        Assert.Equal((0, 255), (bitmap.Pixels[0].Red, bitmap.Pixels[255].Red));
    }

    [Fact]
    public void The_color_most_pixels_have_stays_what_it_is()
    {
        uint[] pixels = [.. Enumerable.Repeat(0xFF231B15u, 200).Append(0xFF221C16u)]; // the dark page, and the edge of a letter
        using SKBitmap bitmap = SKBitmap.Decode(PalettePng.TryEncode(pixels, pixels.Length, 16));
        Assert.All(bitmap.Pixels, pixel => Assert.Equal(new SKColor(0x15, 0x1B, 0x23), pixel));
    }
}
