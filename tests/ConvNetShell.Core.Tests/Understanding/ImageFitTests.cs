using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class ImageFitTests
{
    [Fact]
    public void Samples_and_files_get_the_network_s_size_and_a_note()
    {
        using Network network = TinyData.Network("fc3", new Shape(3, 4, 6));
        var notes = new List<string>();
        ImageSample large = Pictured.Noise(new Shape(3, 8, 12), 1),
            right = Pictured.Noise(new Shape(3, 4, 6), 1);
        ImageSample fitted = ImageFit.To(network, large, note: notes.Add);
        Assert.Equal((4, 6, 3), Size(fitted));
        Assert.Equal("Test[1] is 3x8x12 and was resized to 3x4x6.", Assert.Single(notes));
        Assert.Same(right, ImageFit.To(network, right, resize: false, notes.Add));

        using var folder = new TestFolder();
        string file = folder["large.png"],
            same = folder["right.png"];
        ImageFile.Save(file, large);
        ImageFile.Save(same, right);
        Assert.Equal((4, 6, 3), Size(ImageFit.Read(network, file, note: notes.Add)));
        Assert.Equal(right.Pixels, ImageFit.Read(network, same, resize: false, notes.Add).Pixels);
        Assert.Equal(2, notes.Count);
        Assert.Equal((8, 12), ImageFile.Size(file));
        Assert.Contains(
            "expected 3x4x6. Received: 3x8x12",
            Assert.Throws<ShapeMismatchException>(() => ImageFit.Read(network, file, resize: false)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ShapeMismatchException>(() => ImageFit.To(network, large, resize: false));
    }

    /// <summary>Each quarter of the picture has a color of its own: the corners keep it, whatever lies between is mixed.</summary>
    [Fact]
    public void Corners_keep_their_colors()
    {
        using Network network = TinyData.Network("fc3", new Shape(3, 4, 6));
        ImageSample large = Pictured.Noise(new Shape(3, 8, 12), 1);
        for (int i = 0; i < large.Pixels.Length; i++)
        {
            int row = i / 36,
                column = i / 3 % 12;
            large.Pixels[i] = Quarter(row < 4, column < 6, i % 3);
        }
        using var folder = new TestFolder();
        string file = folder["quarters.png"];
        ImageFile.Save(file, large);
        byte[] expected =
        [
            .. new[] { (true, true), (true, false), (false, true), (false, false) }.SelectMany(at =>
                Enumerable.Range(0, 3).Select(channel => Quarter(at.Item1, at.Item2, channel))
            ),
        ];

        Assert.Equal(expected, Corners(ImageFit.To(network, large)));
        Assert.Equal(expected, Corners(ImageFit.Read(network, file)));
    }

    [Fact]
    public void Signals_are_not_stretched()
    {
        using Network network = TinyData.Network("fc3", new Shape(2, 6));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.To(network, Pictured.Noise(new Shape(2, 7), 1)));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.To(network, Pictured.Noise(new Shape(3, 6, 6), 1)));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.Read(network, "cat.png"));
    }

    private static byte Quarter(bool isTop, bool isLeft, int channel) =>
        (byte)(20 + (isTop ? 100 : 0) + (isLeft ? 50 : 0) + (20 * channel));

    private static (int Height, int Width, int Channels) Size(ImageSample image)
    {
        Assert.Equal(image.Height * image.Width * image.Channels, image.Pixels.Length);
        return (image.Height, image.Width, image.Channels);
    }

    private static byte[] Corners(ImageSample image)
    {
        int row = image.Width * 3,
            last = image.Pixels.Length - row;
        return [.. new[] { 0, row - 3, last, last + row - 3 }.SelectMany(start => image.Pixels.AsSpan(start, 3).ToArray())];
    }
}
