using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

public class ImageFolderFormatTests
{
    [Fact]
    public void Splits_classes_and_every_format_are_read()
    {
        using var folder = new TestFolder();
        folder.File(["Train", "b", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 5, 4, SKColors.Blue));
        folder.File(["Train", "a", "2.JPG"], Samples.Picture(SKEncodedImageFormat.Jpeg, 5, 4, SKColors.Red));
        folder.File(["Train", "a", "1.webp"], Samples.Picture(SKEncodedImageFormat.Webp, 5, 4, SKColors.Lime));
        folder.File(["valid", "a", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 5, 4, SKColors.White));
        folder.File(["TEST", "b", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 5, 4, SKColors.Black));

        Dataset dataset = DatasetReader.Read(folder.Root);

        Assert.EndsWith(": 3x4x5, 2 classes, Train 3, Validation 1, Test 1", dataset.ToString(), StringComparison.Ordinal);
        Assert.Equal(["a", "b"], dataset.Classes);
        Assert.Equal([0, 0, 1], dataset.Train.Labels);
        Assert.Equal(["1.webp", "2.JPG", "1.png"], dataset.Train.Files!.Select(file => Path.GetFileName(file)));
        Assert.Equal([0, 0, 255], dataset.Train.Image(2)[..3].ToArray());
        Assert.InRange(dataset.Train.Image(1)[0], 250, 255);
        Assert.Equal(1, dataset.Test!.Labels[0]);
    }

    [Fact]
    public void Folders_of_classes_alone_are_train()
    {
        using var folder = new TestFolder();
        folder.File(["x", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 2, 2, SKColors.Gray, grey: true));
        folder.File(["y", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 2, 2, SKColors.Gray, grey: true));
        Dataset dataset = DatasetReader.Read(folder.Root);
        Assert.Equal(new Shape(1, 2, 2), dataset.InputShape);
        Assert.Null(dataset.Test);
        Assert.Equal(new Shape(3, 2, 2), DatasetReader.ReadPath(folder.Root, new ReadOptions { Channels = 3 }).InputShape);
    }

    [Fact]
    public void Many_classes_without_an_image_are_four_warnings()
    {
        using var folder = new TestFolder();
        foreach (string name in Enumerable.Range(0, 9).Select(i => $"p{i}"))
        {
            folder.Folder("train", name);
            folder.File(["test", name, "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 2, 2, SKColors.Gray));
        }
        folder.File(["train", "p8", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 2, 2, SKColors.Gray));
        var warnings = new List<string>();

        Assert.Equal(9, DatasetReader.Read(folder.Root, new ReadOptions { Warn = warnings.Add }).Classes.Count);

        Assert.Equal(4, warnings.Count);
        Assert.Contains("the class 'p2' has no image in Train", warnings[2], StringComparison.Ordinal);
        Assert.EndsWith("8 of 9 classes have no image in Train; 3 are named.", warnings[3], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_image_is_named_and_skipped()
    {
        using var folder = new TestFolder();
        folder.File(["a", "0.png"], []);
        folder.File(["a", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 3, 3, SKColors.Red));
        folder.File(["a", "2.jpg"], "not an image"u8);
        folder.File(["a", "3.png"], Samples.PngBomb(100_000, 100_000));
        folder.File(["a", "notes.txt"], "read me"u8);
        folder.File(["a", ".hidden"], [1]);
        folder.File(["b", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 3, 3, SKColors.Red));
        var warnings = new List<string>();

        Dataset dataset = DatasetReader.ReadPath(folder.Root, new ReadOptions { Warn = warnings.Add });

        Assert.Equal([0, 1], dataset.Train.Labels);
        Assert.Equal(4, warnings.Count);
        foreach (string name in new[] { "0.png", "2.jpg", "3.png", "notes.txt" })
        {
            Assert.Single(warnings, warning => warning.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_empty_class_keeps_its_place_with_a_warning()
    {
        using var folder = new TestFolder();
        folder.Folder("a");
        folder.File(["b", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 3, 3, SKColors.Red));
        var warnings = new List<string>();
        Dataset dataset = DatasetReader.ReadPath(folder.Root, new ReadOptions { Warn = warnings.Add });
        Assert.Equal(["a", "b"], dataset.Classes);
        Assert.Equal([1], dataset.Train.Labels);
        Assert.Contains("'a' has no image", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void No_image_at_all_is_an_error()
    {
        using var folder = new TestFolder();
        folder.Folder("a");
        folder.File(["b", "1.png"], []);
        Assert.Equal("Data.Empty", Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root)).ErrorId);
        using var nothing = new TestFolder();
        Assert.Equal("Data.UnknownFormat", Assert.Throws<DataFormatException>(() => DatasetReader.Read(nothing.Root)).ErrorId);
    }

    [Fact]
    public void Images_of_different_size_need_a_size_to_resize_to()
    {
        using var folder = new TestFolder();
        folder.File(["a", "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 8, 8, SKColors.Red));
        string second = folder.File(["a", "2.png"], Samples.Picture(SKEncodedImageFormat.Png, 9, 6, SKColors.Lime));
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root));
        Assert.Equal("Data.UnequalSize", error.ErrorId);
        Assert.Equal(second, error.Path);
        Assert.Contains("Resize", error.Message, StringComparison.Ordinal);

        Dataset dataset = DatasetReader.ReadPath(folder.Root, new ReadOptions { ResizeTo = new Shape(3, 4, 4) });
        Assert.Equal([0, 255, 0], dataset.Train.Image(1)[..3].ToArray());
        Assert.Throws<InvalidSettingException>(() => DatasetReader.ReadPath(folder.Root, new ReadOptions { ResizeTo = new Shape(4, 4) }));
    }
}
