using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data;

public class DatasetWriterTests
{
    [Theory]
    [InlineData(DatasetFileFormat.Png, "3,32,32", true)]
    [InlineData(DatasetFileFormat.Png, "1,5,7", false)]
    [InlineData(DatasetFileFormat.Cifar, "3,32,32", false)]
    [InlineData(DatasetFileFormat.Idx, "1,5,7", true)]
    [InlineData(DatasetFileFormat.Idx, "3,4,6", false)]
    [InlineData(DatasetFileFormat.Npz, "1,5,7", true)]
    [InlineData(DatasetFileFormat.Npz, "3,5,7", false)]
    [InlineData(DatasetFileFormat.Npz, "1,6,5,7", true)]
    [InlineData(DatasetFileFormat.Npz, "3,6,5,7", false)]
    [InlineData(DatasetFileFormat.Npz, "1,64", true)]
    [InlineData(DatasetFileFormat.Npz, "3,64", false)]
    public void What_is_saved_is_read_again(DatasetFileFormat format, string shape, bool validation)
    {
        using var folder = new TestFolder();
        Dataset dataset = Samples.Dataset(Shape.Parse(shape), validation: validation);
        DatasetWriter.Write(dataset, folder["set"], format);
        Dataset read = DatasetReader.Read(folder["set"]);
        Assert.Equal(dataset.Classes, read.Classes);
        Assert.Equal(dataset.InputShape, read.InputShape);
        Assert.Equal(dataset.Splits.Select(split => split.Name), read.Splits.Select(split => split.Name));
        foreach ((DatasetSplit before, DatasetSplit after) in dataset.Splits.Zip(read.Splits))
        {
            Assert.Equal(Samples.Content(dataset, before), Samples.Content(read, after));
        }
        Assert.Equal([folder["set"]], Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Fact]
    public void Matches_keep_their_windows_and_attributes()
    {
        using var folder = new TestFolder();
        Dataset matches = MatchesGenerator.Generate(70, 2, seed: 1);
        foreach (DatasetFileFormat format in new[] { DatasetFileFormat.Png, DatasetFileFormat.Cifar, DatasetFileFormat.Idx })
        {
            Assert.Throws<InvalidSettingException>(() => DatasetWriter.Write(matches, folder["set"], format));
        }
        DatasetWriter.Write(matches, folder["set"], DatasetFileFormat.Npz);
        Dataset read = DatasetReader.Read(folder["set"]);

        Assert.Equal(matches.Classes, read.Classes);
        foreach ((DatasetSplit before, DatasetSplit after) in matches.Splits.Zip(read.Splits))
        {
            Assert.Equal(Samples.Content(matches, before), Samples.Content(read, after));
            Assert.Equal(before.Attributes.Names, after.Attributes.Names);
            Assert.All(Enumerable.Range(0, before.Count), i => Assert.Equal(before.Attributes.Of(i), after.Attributes.Of(i)));
        }
    }

    [Fact]
    public void Nothing_is_overwritten_unless_it_is_a_dataset_and_meant_to()
    {
        using var folder = new TestFolder();
        Dataset dataset = Samples.Dataset(new Shape(1, 3, 3));
        DatasetWriter.Write(dataset, folder["set"]);
        Assert.Equal("Storage.NotEmpty", Assert.Throws<StorageException>(() => DatasetWriter.Write(dataset, folder["set"])).ErrorId);
        DatasetWriter.Write(dataset, folder["set"], DatasetFileFormat.Idx, overwrite: true);
        Assert.True(File.Exists(folder["set", "train-images-idx3-ubyte"]));
        string letter = folder.File(["mine", "letter.txt"], "dear"u8);
        Assert.Throws<StorageException>(() => DatasetWriter.Write(dataset, folder["mine"], overwrite: true));
        Assert.True(File.Exists(letter));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TestFolder();
        string file = folder.File(["file"], [1]);
        StorageException error = Assert.Throws<StorageException>(() =>
            DatasetWriter.Write(Samples.Dataset(new Shape(1, 3, 3)), Path.Combine(file, "set"))
        );
        Assert.Equal("Storage.Unwritable", error.ErrorId);
    }

    [Fact]
    public void Cancelling_leaves_nothing_behind()
    {
        using var folder = new TestFolder();
        var stop = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DatasetWriter.Write(Samples.Dataset(new Shape(1, 3, 3)), folder["set"], cancellation: stop)
        );
        Assert.True(
            SpinWait.SpinUntil(() => !Directory.EnumerateFileSystemEntries(folder.Root).Any(), TimeSpan.FromSeconds(20)),
            "files of a stopped writing are deleted soon after it"
        );
    }

    [Fact]
    public void A_format_that_cannot_hold_the_dataset_says_so()
    {
        using var folder = new TestFolder();
        Assert.Throws<InvalidSettingException>(() =>
            DatasetWriter.Write(Samples.Dataset(new Shape(1, 3, 3)), folder["a"], DatasetFileFormat.Cifar)
        );
        Assert.Throws<InvalidSettingException>(() =>
            DatasetWriter.Write(Samples.Dataset(new Shape(3, 32, 32), validation: true), folder["a"], DatasetFileFormat.Cifar)
        );
        Assert.False(Directory.Exists(folder["a"]));
    }
}
