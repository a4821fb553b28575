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
        Assert.Equal((4, 6, 3, 72), (fitted.Height, fitted.Width, fitted.Channels, fitted.Pixels.Length));
        Assert.Equal("Test[1] is 3x8x12 and was resized to 3x4x6.", Assert.Single(notes));
        Assert.Same(right, ImageFit.To(network, right, resize: false, notes.Add));

        using var folder = new TestFolder();
        string file = folder["large.png"],
            same = folder["right.png"];
        ImageFile.Save(file, large);
        ImageFile.Save(same, right);
        Assert.Equal(72, ImageFit.Read(network, file, note: notes.Add).Pixels.Length);
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

    [Fact]
    public void Signals_are_not_stretched()
    {
        using Network network = TinyData.Network("fc3", new Shape(2, 6));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.To(network, Pictured.Noise(new Shape(2, 7), 1)));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.To(network, Pictured.Noise(new Shape(3, 6, 6), 1)));
        Assert.Throws<ShapeMismatchException>(() => ImageFit.Read(network, "cat.png"));
    }
}
