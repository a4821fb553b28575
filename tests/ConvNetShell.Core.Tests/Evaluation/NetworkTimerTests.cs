using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Evaluation;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Tests.Evaluation;

public sealed class NetworkTimerTests
{
    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax")]
    [InlineData("conv3x3x4 bn relu res(conv3x3x4) globalmean fc3")]
    public void EveryLayerHasARowAndTheNetworkOne(string spec)
    {
        using Network network = TinyData.Network(spec);
        float[] before = TrainerTests.Weights(network);
        IReadOnlyList<LayerTiming> rows = NetworkTimer.Measure(network, batchSize: 4, rounds: 3);
        Assert.Equal([.. network.Layers.Select(layer => layer.Name), "Total"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.True(row.ForwardMs > 0 && row.ImagesPerSecond > 0));
        Assert.True(rows[0].BackwardMs > 0 && rows[0].GFlops > 0 && rows[0].ShareOfPeak > 0);
        Assert.Equal(1, rows.SkipLast(1).Sum(row => row.ShareOfTime), 1e-9);
        Assert.Equal(before, TrainerTests.Weights(network));
    }

    [Fact]
    public void BatchMustBeTwoOrMore()
    {
        using Network network = TinyData.Network();
        Assert.Equal("-BatchSize", Assert.Throws<InvalidSettingException>(() => NetworkTimer.Measure(network, 1)).Setting);
    }
}
