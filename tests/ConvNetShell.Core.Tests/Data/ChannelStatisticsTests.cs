using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data;

public class ChannelStatisticsTests
{
    [Fact]
    public void Mean_and_deviation_are_those_of_the_pixels()
    {
        var split = new DatasetSplit("Train", new Shape(3, 1, 2), [0, 51, 255, 0, 153, 255, 255, 51, 255, 255, 153, 255], [0, 0]);
        ChannelStatistics statistics = ChannelStatistics.Measure(split);
        Assert.Equal("mean 0.5000 0.4000 1.0000, deviation 0.5000 0.2000 0.0000", statistics.ToString());
        Assert.Equal(statistics, ChannelStatistics.Measure(split));
        statistics.Mean[0] = 9;
        Assert.Equal(0.5, statistics.Mean[0]);
    }

    [Fact]
    public void Many_blocks_agree_with_a_plain_sum()
    {
        DatasetSplit split = Samples.Split("Train", new Shape(1, 3, 3), 700, 2);
        double[] values = [.. Enumerable.Range(0, 700).SelectMany(i => split.Image(i).ToArray()).Select(value => value / 255.0)];
        ChannelStatistics statistics = ChannelStatistics.Measure(split);
        Assert.Equal(values.Average(), statistics.Mean[0], 12);
        Assert.Equal(
            Math.Sqrt(values.Average(value => value * value) - (values.Average() * values.Average())),
            statistics.StandardDeviation[0],
            12
        );
    }
}
