using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Data;

public sealed class ImageStripFormatTests : IDisposable
{
    private const int Rows = 5,
        Side = 4;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Each_row_is_a_picture_and_the_last_strip_is_Test(int channels)
    {
        byte[][] strips = Write("mnist", 3, channels);
        Dataset data = DatasetReader.Read(folder.Root);
        Assert.Equal("mnist", data.Name);
        Assert.Equal(new Shape(channels, Side, Side), data.InputShape);
        Assert.Equal((10, 5), (data.Train.Count, data.Test!.Count));
        Assert.Equal(strips[0].Concat(strips[1]), data.Train.PixelArray);
        Assert.Equal(strips[2], data.Test.PixelArray);
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1], data.Train.Labels);
        Assert.Equal([2, 3, 0, 1, 2], data.Test.Labels);
        Assert.Equal(["0", "1", "2", "3"], data.Classes);
    }

    [Fact]
    public void CIFAR_10_has_its_names_and_a_lone_strip_is_Train()
    {
        Write("cifar10", 1, 3);
        Dataset data = DatasetReader.Read(folder.Root);
        Assert.Equal("airplane", data.Classes[0]);
        Assert.Equal(10, data.Classes.Count);
        Assert.Null(data.Test);
    }

    [Theory]
    [InlineData("var labels=[1,2,x,4,5];", "Data.BadLabel")]
    [InlineData("var labels=[1,-2,3,4,5];", "Data.BadLabel")]
    [InlineData("var labels=[1,99999999999,3,4,5];", "Data.BadLabel")]
    [InlineData("var labels;", "Data.BadLabel")]
    [InlineData("]]][[[", "Data.BadLabel")]
    [InlineData("var labels=[1,2,3];", "Data.BadDimensions")]
    public void Labels_that_are_none_are_a_typed_error(string labels, string expected)
    {
        Write("mnist", 1, 1);
        File.WriteAllText(folder["mnist_labels.js"], labels);
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root)).ErrorId);
    }

    [Fact]
    public void A_strip_of_another_size_is_a_typed_error()
    {
        Write("mnist", 2, 1);
        PngFile.Save(folder["mnist_batch_1.png"], new byte[15 * Rows], new Shape(1, Rows, 15));
        Assert.Equal("Data.BadDimensions", Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root)).ErrorId);
        PngFile.Save(folder["mnist_batch_0.png"], new byte[15 * Rows], new Shape(1, Rows, 15));
        Assert.Equal("Data.BadDimensions", Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root)).ErrorId);
    }

    [Fact]
    public void Damaged_files_end_in_typed_errors()
    {
        Write("mnist", 1, 3);
        string[] files = [folder["mnist_batch_0.png"], folder["mnist_labels.js"]];
        byte[][] whole = [.. files.Select(File.ReadAllBytes)];
        var random = new Random(1);
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] bytes = [.. whole[i % 2]];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            File.WriteAllBytes(files[i % 2], bytes);
            File.WriteAllBytes(files[1 - (i % 2)], whole[1 - (i % 2)]);
            try
            {
                DatasetReader.Read(folder.Root);
            }
            catch (ConvNetException)
            {
                // the typed error that was expected
            }
        }
    }

    private byte[][] Write(string name, int count, int channels)
    {
        var strips = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            strips[i] = Samples.Split("Train", new Shape(channels, Side, Side), Rows + i, 4).PixelArray[..(Rows * Side * Side * channels)];
            PngFile.Save(folder[FormattableString.Invariant($"{name}_batch_{i}.png")], strips[i], new Shape(channels, Rows, Side * Side));
        }
        File.WriteAllText(
            folder[$"{name}_labels.js"],
            $"var labels=[{string.Join(", ", Enumerable.Range(0, count * Rows).Select(i => i % 4))}];\n"
        );
        return strips;
    }
}
