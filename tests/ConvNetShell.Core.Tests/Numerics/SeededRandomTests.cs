using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Numerics;

public class SeededRandomTests
{
    [Fact]
    public void Seeds_and_streams_are_reproducible_and_differ()
    {
        ulong[] Draw(long seed, long stream) =>
            [
                .. Enumerable
                    .Range(0, 4)
                    .Select(_ => 0)
                    .Aggregate(
                        (new SeededRandom(seed, stream), new List<ulong>()),
                        (state, _) =>
                        {
                            state.Item2.Add(state.Item1.NextBits());
                            return state;
                        }
                    )
                    .Item2,
            ];
        Assert.Equal(Draw(1, 2), Draw(1, 2));
        Assert.NotEqual(Draw(1, 2), Draw(2, 1));
        Assert.NotEqual(Draw(1, 0), Draw(1, 1));
        Assert.NotEqual(Draw(-1, 0), Draw(1, 0));
    }

    [Fact]
    public void Numbers_have_the_right_range_mean_and_deviation()
    {
        var random = new SeededRandom(42);
        double[] uniform = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        double[] normal = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextGaussian())];
        int[] counts = new int[7];
        for (int i = 0; i < 21_000; i++)
        {
            counts[random.NextInt(7)]++;
        }
        Assert.All(uniform, value => Assert.InRange(value, 0, 0.9999999999999999));
        Assert.InRange(uniform.Average(), 0.49, 0.51);
        Assert.InRange(normal.Average(), -0.03, 0.03);
        Assert.InRange(normal.Average(value => value * value), 0.97, 1.03);
        Assert.All(counts, count => Assert.InRange(count, 2800, 3200));
        Assert.Throws<InvalidSettingException>(() => random.NextInt(0));
    }

    [Fact]
    public void Shuffling_keeps_every_value()
    {
        int[] values = [.. Enumerable.Range(0, 50)];
        new SeededRandom(3).Shuffle(values.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 50), values);
        Assert.Equal(Enumerable.Range(0, 50), values.Order());
    }
}
