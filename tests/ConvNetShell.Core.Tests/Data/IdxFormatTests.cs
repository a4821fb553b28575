using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public class IdxFormatTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 4 * 6).Select(i => (byte)i)];

    [Theory]
    [InlineData("-idx", false)]
    [InlineData(".idx", false)]
    [InlineData("-idx", true)]
    public void Images_and_labels_are_read(string separator, bool packed)
    {
        using var folder = new TestFolder();
        string ending = packed ? ".gz" : string.Empty;
        byte[] Pack(byte[] bytes) => packed ? Samples.Gzip(bytes) : bytes;
        foreach (string split in new[] { "train", "t10k" })
        {
            folder.File(["fashion", $"{split}-images{separator}3-ubyte{ending}"], Pack(Samples.Idx(Pixels, 4, 2, 3)));
            folder.File(["fashion", $"{split}-labels{separator}1-ubyte{ending}"], Pack(Samples.Idx([0, 9, 2, 3], 4)));
        }
        Dataset dataset = DatasetReader.Read(folder["fashion"]);
        Assert.Equal("FashionMNIST: 1x2x3, 10 classes, Train 4, Test 4", dataset.ToString());
        Assert.Equal([0, 9, 2, 3], dataset.Train.Labels);
        Assert.Equal(Pixels[6..12], dataset.Train.Image(1).ToArray());
        Assert.Equal("Ankle boot", dataset.Classes[9]);
    }

    [Fact]
    public void A_wrong_magic_number_is_refused() =>
        AssertRefused("Data.WrongMagic", [0, 0, 13, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3], "0x00000D03");

    [Fact]
    public void Negative_and_zero_dimensions_are_refused()
    {
        AssertRefused("Data.BadDimensions", Samples.Idx(Pixels, 4, -2, 3), "4x-2x3");
        AssertRefused("Data.BadDimensions", Samples.Idx(Pixels, 0, 2, 3), "0x2x3");
    }

    [Fact]
    public void Absurd_dimensions_are_refused_before_any_memory_is_taken()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("Data.TooLarge", Samples.Idx(Pixels, int.MaxValue, int.MaxValue, int.MaxValue), "2147483647x2147483647x2147483647");
        AssertRefused("Data.Truncated", Samples.Idx(Pixels, 60000, 100, 100), "60000x100x100");
        AssertRefused("Data.Truncated", Samples.Gzip(Samples.Idx(Pixels, 60000, 100, 100)), "60000x100x100");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Files_too_short_or_too_long_are_refused()
    {
        AssertRefused("Data.Truncated", Samples.Idx(Pixels[..^1], 4, 2, 3), "4x2x3");
        AssertRefused("Data.Truncated", [0, 0, 8, 3, 0], "end of the file");
        AssertRefused("Data.WrongLength", Samples.Idx([.. Pixels, 1], 4, 2, 3), "more");
    }

    [Fact]
    public void A_broken_gzip_is_refused()
    {
        byte[] packed = Samples.Gzip(Samples.Idx(Pixels, 4, 2, 3));
        packed.AsSpan(10, 8).Fill(0xFF);
        AssertRefused("Data.BrokenArchive", packed, "damaged");
    }

    [Fact]
    public void Counts_that_differ_are_refused()
    {
        using var folder = new TestFolder();
        folder.File(["train-images-idx3-ubyte"], Samples.Idx(Pixels, 4, 2, 3));
        Assert.Equal("Data.CountMismatch", Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root)).ErrorId);
        folder.File(["train-labels-idx1-ubyte"], Samples.Idx([1, 2, 3], 3));
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root));
        Assert.Equal("Data.CountMismatch", error.ErrorId);
        Assert.Contains("Received: 3 labels", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string id, byte[] images, string said)
    {
        using var folder = new TestFolder();
        string path = folder.File(["train-images-idx3-ubyte"], images);
        folder.File(["train-labels-idx1-ubyte"], Samples.Idx([0, 1, 2, 3], 4));
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root));
        Assert.Equal(id, error.ErrorId);
        Assert.Equal(path, error.Path);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
