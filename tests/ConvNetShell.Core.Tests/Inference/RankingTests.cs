using ConvNetShell.Core.Inference.Metrics;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class RankingTests
{
    [Theory]
    [InlineData(new[] { 1f, 3, 2 }, 3, new[] { 1, 2, 0 })]
    [InlineData(new[] { 1f, 1, 1 }, 2, new[] { 0, 1 })]
    [InlineData(new[] { float.NaN, -1, float.NaN }, 3, new[] { 1, 0, 2 })]
    [InlineData(new[] { 0f, float.PositiveInfinity }, 9, new[] { 1, 0 })]
    public void Largest_come_first(float[] values, int count, int[] expected) => Assert.Equal(expected, Ranking.Largest(values, count));
}
