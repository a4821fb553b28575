using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Pictures;

/// <summary>Numbers to pixels.</summary>
public sealed class PictureImageTests
{
    [Fact]
    public void Zero_is_the_middle_of_a_diverging_scale_however_lopsided_the_numbers()
    {
        SKColor[] pixels = Pixels(new Picture("", 1, 1, 4, [0, -0.1f, 2, -2], ColorScale.Diverging));
        Assert.Equal(ColorMap.Diverging.At(0.5), pixels[0]);
        Assert.True(pixels[1].Blue > pixels[1].Red, "a little below zero is bluish");
        Assert.Equal(ColorMap.Diverging.At(1), pixels[2]);
        Assert.Equal(ColorMap.Diverging.At(0), pixels[3]);
    }

    [Fact]
    public void Viridis_goes_from_the_smallest_to_the_largest()
    {
        SKColor[] pixels = Pixels(new Picture("", 1, 2, 2, [3, 4, 5, 7], ColorScale.Viridis));
        Assert.Equal(SKColor.Parse("440154"), pixels[0]);
        Assert.Equal(SKColor.Parse("fde725"), pixels[3]);
    }

    [Fact]
    public void Viridis_grows_lighter_all_the_way_so_that_it_survives_grey_print()
    {
        double[] light =
        [
            .. Enumerable
                .Range(0, 256)
                .Select(i => ColorMap.Viridis.At(i / 255.0))
                .Select(color => (0.2126 * color.Red) + (0.7152 * color.Green) + (0.0722 * color.Blue)),
        ];
        Assert.All(light.Zip(light.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 0.8, $"{pair}"));
        Assert.True(light[255] - light[0] > 150);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_no_number_has_a_color_of_its_own(float odd)
    {
        Assert.Equal(Theme.NotANumber, Pixels(new Picture("", 1, 1, 2, [1, odd], ColorScale.Viridis))[1]);
        Assert.Equal(Theme.NotANumber, Pixels(new Picture("", 3, 1, 1, [1, odd, 0]))[0]);
        Assert.Equal(1, new Picture("", 1, 1, 2, [1, odd]).NaNCount);
    }

    [Fact]
    public void Three_planes_are_colors_byte_for_byte()
    {
        Picture picture = SamplePictures.ToPicture(Samples.Image(0));
        Assert.Equal([new SKColor(255, 0, 0), new SKColor(0, 255, 0), new SKColor(0, 0, 255), new SKColor(10, 20, 30)], Pixels(picture));
    }

    [Fact]
    public void Weights_in_color_are_grey_at_zero()
    {
        SKColor[] pixels = Pixels(new Picture("", 3, 1, 2, [0, 0.5f, 0, 0, 0, -0.5f]) { Low = -0.5, High = 0.5 });
        Assert.Equal(new SKColor(128, 128, 128), pixels[0]);
        Assert.Equal(new SKColor(255, 128, 0), pixels[1]);
    }

    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(4, 23, 5)]
    [InlineData(16, 23, 23)]
    public void Planes_stand_side_by_side_with_a_pixel_between(int planes, int width, int height) =>
        Assert.Equal(
            new SKSizeI(width, height),
            PictureImage.Size(new Picture("", planes, 5, 5, new float[planes * 25], ColorScale.Diverging))
        );

    [Fact]
    public void The_numbers_of_a_plane_land_in_its_place()
    {
        var values = new float[2 * 4];
        values[7] = 1; // plane 1, row 1, column 1
        using SKImage image = PictureImage.Draw(new Picture("", 2, 2, 2, values, ColorScale.Viridis), new ValueRange(0, 1));
        using SKBitmap bitmap = SKBitmap.FromImage(image);
        Assert.Equal(ColorMap.Viridis.At(1), bitmap.GetPixel(4, 1));
        Assert.Equal(0, bitmap.GetPixel(2, 0).Alpha);
        Assert.Equal(ColorMap.Viridis.At(0), bitmap.GetPixel(4, 0));
    }

    [Fact]
    public void A_heat_map_lets_what_is_below_show_where_it_is_weak()
    {
        var map = new Picture("", 1, 1, 2, [0, 1], ColorScale.Viridis) { Under = new Picture("", 1, 1, 2, [0, 0]), Opacity = 0.5 };
        using SKImage image = PictureImage.Draw(map, ValueRange.Of(map));
        using SKBitmap bitmap = SKBitmap.FromImage(image);
        Assert.Equal((0, 128), (bitmap.GetPixel(0, 0).Alpha, bitmap.GetPixel(1, 0).Alpha));
    }

    [Fact]
    public void Too_few_values_are_refused() =>
        Assert.Contains(
            "Received: 3",
            Assert.Throws<ArgumentException>(() => new Picture("", 1, 2, 2, [1, 2, 3])).Message,
            StringComparison.Ordinal
        );

    private static SKColor[] Pixels(Picture picture)
    {
        using SKImage image = PictureImage.Draw(picture, ValueRange.Of(picture));
        using SKBitmap bitmap = SKBitmap.FromImage(image);
        return bitmap.Pixels;
    }
}
