using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Tests.Understanding;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>One way of resizing for files, samples and datasets.</summary>
public sealed class ResizerTests
{
    private static readonly byte[] Picture =
    [
        .. new byte[] { 68, 32, 130, 60, 253, 230, 241, 194, 107, 48, 249, 14, 199, 221, 1, 228, 136, 117, 52, 162 },
        .. new byte[] { 15, 11, 13, 4, 195, 110, 216, 14, 113, 224, 253, 119, 176, 118, 112 },
    ];

    [Fact] // Pillow 9.4: Image.frombytes('L', (7, 5), ...).resize((4, 3), Image.BILINEAR)
    public void Smaller_pictures_are_those_of_Pillow() =>
        Near([96, 102, 161, 222, 94, 122, 112, 113, 101, 145, 151, 112], Resize(new Shape(1, 3, 4), FitKind.Stretch));

    [Fact] // the same with (10, 6), its first two rows
    public void Larger_pictures_are_those_of_Pillow() =>
        Near(
            [68, 48, 57, 125, 84, 128, 252, 236, 235, 241, 163, 122, 83, 70, 155, 157, 80, 174, 216, 226],
            Resize(new Shape(1, 6, 10), FitKind.Stretch)[..20]
        );

    [Fact] // the same with box=(1, 0, 6, 5)
    public void A_crop_takes_the_middle() => Near([83, 133, 194, 115, 123, 120, 130, 149, 144], Resize(new Shape(1, 3, 3), FitKind.Crop));

    [Fact]
    public void A_pad_keeps_everything_between_black_bars()
    {
        byte[] padded = Resize(new Shape(1, 7, 7), FitKind.Pad);
        Assert.All(padded[..7].Concat(padded[42..]), value => Assert.Equal(0, value));
        Assert.Equal(Picture, padded[7..42]);
    }

    [Theory]
    [InlineData(FitKind.Stretch)]
    [InlineData(FitKind.Crop)]
    [InlineData(FitKind.Pad)]
    public void The_same_picture_is_the_same_as_a_file_a_sample_and_in_a_dataset(FitKind fit)
    {
        foreach ((int channels, int other) in new[] { (3, 3), (3, 1), (1, 3) })
        {
            using Network network = TinyData.Network("fc3", new Shape(other, 9, 6));
            ImageSample picture = Pictured.Noise(new Shape(channels, 31, 40), 5);
            using var folder = new TestFolder();
            string file = folder["a", "1.png"];
            Directory.CreateDirectory(folder["a"]);
            ImageFile.Save(file, picture);
            byte[] ofFile = ImageFit.Read(network, file, fit: fit).Pixels;
            Assert.Equal(ofFile, ImageFit.To(network, picture, fit: fit).Pixels);
            Dataset whole = DatasetReader.Read(folder.Root);
            Assert.Equal(ofFile, DatasetFit.To(whole, network.InputShape, fit).Train.Image(0).ToArray());
            Assert.Equal(
                ofFile,
                DatasetReader.Read(folder.Root, new ReadOptions { ResizeTo = network.InputShape, Fit = fit }).Train.Image(0).ToArray()
            );
        }
    }

    [Fact]
    public void Small_stripes_do_not_flicker()
    {
        byte[] stripes = [.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 2 * 255))];
        byte[] small = new Resizer(new Shape(1, 64, 64), new Shape(1, 8, 8), FitKind.Stretch).Resize(stripes);
        Assert.All(small, value => Assert.InRange(value, 120, 135));
    }

    [Fact]
    public void Cifar_and_idx_files_are_resized_too()
    {
        using var folder = new TestFolder();
        folder.File(["data_batch_1.bin"], Samples.Cifar(20));
        Dataset whole = DatasetReader.Read(folder.Root);
        Dataset small = DatasetReader.Read(folder.Root, new ReadOptions { ResizeTo = new Shape(1, 24, 20) });
        Assert.Equal(new Shape(1, 24, 20), small.InputShape);
        Assert.Equal(DatasetFit.To(whole, small.InputShape).Train.PixelArray, small.Train.PixelArray);
        using var idx = new TestFolder();
        idx.File(["train-images-idx3-ubyte"], Samples.Idx(new byte[3 * 28 * 28], 3, 28, 28));
        idx.File(["train-labels-idx1-ubyte"], Samples.Idx([0, 1, 2], 3));
        Assert.Equal(new Shape(1, 24, 24), DatasetReader.Read(idx.Root, new ReadOptions { ResizeTo = new Shape(1, 24, 24) }).InputShape);
        Assert.Throws<ShapeMismatchException>(() => DatasetReader.Read(idx.Root, new ReadOptions { ResizeTo = new Shape(24, 24) }));
    }

    [Fact]
    public void A_preset_takes_its_own_data_in_its_own_size()
    {
        var split = new DatasetSplit("Train", new Shape(1, 28, 28), new byte[20 * 784], [.. Enumerable.Range(0, 20).Select(i => i % 10)]);
        string[] digits = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("ConvNetJSMNIST"));
        Assert.Equal(network.InputShape, DefaultDataset.Fit(network, new Dataset("MNIST", "test", digits, split)).InputShape);
        Assert.Equal(split.Shape, DefaultDataset.Fit(network, new Dataset("Mine", "test", digits, split)).InputShape);
    }

    [Fact]
    public void A_size_that_no_memory_holds_is_refused()
    {
        var split = new DatasetSplit("Train", new Shape(1, 2, 2), new byte[4 * 1000], new int[1000]);
        var data = new Dataset("Tiny", "test", ["a", "b"], split);
        Assert.Equal("Data.TooLarge", Assert.Throws<DataFormatException>(() => DatasetFit.To(data, new Shape(3, 20_000, 20_000))).ErrorId);
    }

    private static byte[] Resize(Shape to, FitKind fit) => new Resizer(new Shape(1, 5, 7), to, fit).Resize(Picture);

    /// <summary>Pillow computes with 22 bits: one step of rounding may differ.</summary>
    private static void Near(byte[] expected, byte[] received)
    {
        Assert.Equal(expected.Length, received.Length);
        Assert.All(expected.Zip(received), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
    }
}
