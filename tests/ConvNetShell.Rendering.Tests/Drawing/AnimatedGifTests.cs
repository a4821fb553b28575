using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Drawing;

/// <summary>Our own GIF, read by Skia.</summary>
public sealed class AnimatedGifTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 7, 5)]
    [InlineData(2, 300, 200)] // more codes than 4,096: the table begins anew
    public void Each_frame_is_read_again_with_its_colors_and_time(int count, int width, int height)
    {
        var random = new Random(1);
        SKBitmap[] frames = [.. Enumerable.Range(0, count).Select(_ => Noise(random, width, height))];
        byte[] file = AnimatedGif.Encode(frames.Select((frame, i) => (frame, 10 + i)));
        using var stream = new SKMemoryStream(file);
        using var codec = SKCodec.Create(stream);
        Assert.Equal((width, height), (codec.Info.Width, codec.Info.Height));
        Assert.Equal(count, Math.Max(1, codec.FrameCount));
        for (int i = 0; i < count; i++)
        {
            using var read = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(read.Info, read.GetPixels(), new SKCodecOptions(i)));
            Assert.Equal(frames[i].Pixels, read.Pixels);
            Assert.Equal(10 * (10 + i), count > 1 ? codec.FrameInfo[i].Duration : 100);
            frames[i].Dispose();
        }
    }

    [Fact]
    public void Every_length_of_a_frame_ends_whole()
    {
        for (int width = 1; width < 1_200; width++) // the code's width grows at some of them just before the end
        {
            using SKBitmap frame = Noise(new Random(width), width, 1);
            using SKBitmap read = SKBitmap.Decode(AnimatedGif.Encode([(frame, 5)]));
            Assert.Equal(frame.Pixels, read.Pixels);
        }
    }

    private static SKBitmap Noise(Random random, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(_ => Color(random.Next(200)))];
        return bitmap;
    }

    private static SKColor Color(int index) => new((byte)index, (byte)(255 - index), (byte)(index / 2));
}
