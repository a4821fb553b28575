using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Rendering.Records;

namespace ConvNetShell.Rendering.Tests.Records;

public sealed class NetworkBlockTests
{
    [Fact]
    public void A_residual_block_shows_the_convolutions_of_its_own_path()
    {
        var summary = new NetworkSummary(
            "Tiny",
            "3x8x8",
            "4x4x4",
            [
                Layer(1, "conv1", "Conv", "5x5", 0),
                Layer(2, "res1", "Residual", string.Empty, 0),
                Layer(1, "res1.conv1", "Conv", "3x3", 1),
                Layer(2, "res1.bn1", "BatchNorm", string.Empty, 1),
                Layer(3, "res1.conv2", "Conv", "3x3", 1),
                Layer(1, "res1.conv3", "Conv", "1x1", 1),
                Layer(3, "pool1", "MaxPool", "2x2", 0),
            ]
        );

        NetworkBlock[] blocks = [.. NetworkBlock.Of(summary)];

        Assert.Equal(["input", "conv1", "res1", "pool1"], blocks.Select(block => block.Name));
        Assert.Equal(["", "Conv 5x5", "2 x Conv 3x3", "MaxPool 2x2"], blocks.Select(block => block.Type));
        Assert.Equal([1, 1, 2, 1], blocks.Select(block => block.Slabs));
        Assert.Equal([false, false, true, false], blocks.Select(block => block.HasShortcut));
    }

    [Fact]
    public void Streams_are_columns_of_their_own_that_join()
    {
        var summary = new NetworkSummary(
            "Two",
            "3x8x8",
            "2",
            [
                Layer(1, "concat1", "Concatenate", string.Empty, 0),
                Layer(1, "concat1.conv1", "Conv", "5x5", 1),
                Layer(2, "concat1.bn1", "BatchNorm", string.Empty, 1),
                Layer(3, "concat1.relu1", "ReLU", string.Empty, 1),
                Layer(4, "concat1.pool1", "MaxPool", "2x2", 1),
                Layer(1, "concat1.conv2", "Conv", "3x3", 1),
                Layer(2, "fc1", "Dense", string.Empty, 0),
            ]
        );

        NetworkBlock join = NetworkBlock.Of(summary).ElementAt(1);
        Assert.Equal(["conv1 + norm, ReLU", "pool1 "], join.Streams[0].Select(block => $"{block.Name} {block.Followed}"));
        Assert.Equal("conv2", Assert.Single(join.Streams[1]).Name);

        (IReadOnlyList<NetworkPlace> places, int columns, int lines) = NetworkPlace.Of([.. NetworkBlock.Of(summary)], 12);
        NetworkPlace At(string name) => places.Single(place => place.Block.Name == name);
        Assert.Equal((5, 2), (columns, lines));
        Assert.Equal([At("input")], At("conv1").From);
        Assert.Equal([At("input")], At("conv2").From);
        Assert.Equal([At("pool1"), At("conv2")], At("concat1").From);
        Assert.Equal((0f, 1f, 0.5f), (At("conv1").Line, At("conv2").Line, At("concat1").Line));
        Assert.Equal(At("conv1").Column, At("conv2").Column);
        Assert.Equal(3, At("concat1").Column);
    }

    private static LayerSummary Layer(int index, string name, string type, string kernel, int depth) =>
        new(
            index,
            name,
            type,
            "4x4x4",
            kernel,
            string.Empty,
            string.Empty,
            kernel == "2x2" || kernel.Length == 0 ? 0 : 10,
            0,
            0,
            string.Empty,
            1,
            1
        )
        {
            Depth = depth,
        };
}
