using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

public class ImageFileTests
{
    [Fact]
    public void An_image_is_loaded_stretched_and_made_grey()
    {
        using var folder = new TestFolder();
        string path = folder.File(["cat.png"], Samples.Picture(SKEncodedImageFormat.Png, 7, 5, new SKColor(10, 20, 30)));
        LoadedImage image = ImageFile.Load(path);
        Assert.Equal(new Shape(3, 5, 7), image.Shape);
        Assert.Equal([10, 20, 30], image.Pixels[..3]);
        LoadedImage small = ImageFile.Load(path, new Shape(1, 2, 2));
        Assert.Equal([18, 18, 18, 18], small.Pixels);
    }

    [Fact]
    public void Transparent_places_lie_on_white()
    {
        using var folder = new TestFolder();
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(0, 0, 0, 0));
        bitmap.SetPixel(1, 0, new SKColor(200, 0, 0, 255));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        string path = folder.File(["clear.png"], data.Span);
        Assert.Equal([255, 255, 255, 200, 0, 0], ImageFile.Load(path).Pixels);
    }

    [Theory]
    [InlineData(SKEncodedOrigin.TopRight, "BADCFE")]
    [InlineData(SKEncodedOrigin.BottomRight, "FEDCBA")]
    [InlineData(SKEncodedOrigin.BottomLeft, "EFCDAB")]
    [InlineData(SKEncodedOrigin.LeftTop, "ACEBDF")]
    [InlineData(SKEncodedOrigin.RightTop, "ECAFDB")]
    [InlineData(SKEncodedOrigin.RightBottom, "FDBECA")]
    [InlineData(SKEncodedOrigin.LeftBottom, "BDFACE")]
    public void A_cameras_rotation_is_applied(SKEncodedOrigin origin, string expected)
    {
        // Three rows of two pixels, AB CD EF.
        using var bitmap = new SKBitmap(new SKImageInfo(2, 3, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < 6; i++)
        {
            bitmap.SetPixel(i % 2, i / 2, new SKColor((byte)('A' + i), 0, 0));
        }
        using SKBitmap upright = ImageTransforms.Upright(bitmap, origin);
        string seen = string.Concat(upright.Pixels.Select(pixel => (char)pixel.Red));
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Bad_files_are_named()
    {
        using var folder = new TestFolder();
        byte[] png = Samples.Picture(SKEncodedImageFormat.Png, 40, 40, SKColors.Red);
        Check("Data.Truncated", folder.File(["empty.png"], []));
        Check("Data.NotAnImage", folder.File(["text.png"], "hello"u8));
        Check("Data.TooLarge", folder.File(["bomb.png"], Samples.PngBomb(60_000, 60_000)));
        Check("Data.Truncated", folder.File(["cut.png"], png.AsSpan(0, png.Length - 40)));
        Check("Data.Unreadable", folder["missing.png"]);
    }

    private static void Check(string id, string path)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => ImageFile.Load(path));
        Assert.Equal(id, error.ErrorId);
        Assert.Equal(path, error.Path);
    }
}
