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
