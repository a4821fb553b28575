using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Drawing;

/// <summary>Our own animated WebP, read by Skia.</summary>
public sealed class AnimatedWebPTests
{
    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(3, 7, 5)]
    [InlineData(2, 300, 201)]
    public void Each_frame_is_read_again_with_its_colors_and_time(int count, int width, int height)
    {
        var random = new Random(1);
        SKBitmap[] frames = [.. Enumerable.Range(0, count).Select(_ => Noise(random, width, height))];
        byte[] file = AnimatedWebP.Encode(frames.Select((frame, i) => (frame, 10 + i)));
        Assert.Equal(file.Length - 8, BitConverter.ToInt32(file, 4));
        using var stream = new SKMemoryStream(file);
        using var codec = SKCodec.Create(stream);
        Assert.Equal((width, height, count), (codec.Info.Width, codec.Info.Height, codec.FrameCount));
        Assert.Equal(-1, codec.RepetitionCount); // without end
        for (int i = 0; i < count; i++)
        {
            using var read = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(read.Info, read.GetPixels(), new SKCodecOptions(i)));
            Assert.Equal(frames[i].Pixels, read.Pixels);
            Assert.Equal(10 * (10 + i), codec.FrameInfo[i].Duration);
            frames[i].Dispose();
        }
    }

    private static SKBitmap Noise(Random random, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))];
        return bitmap;
    }
}
