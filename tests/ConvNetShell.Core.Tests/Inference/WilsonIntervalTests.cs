using ConvNetShell.Core.Inference.Metrics;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe, 1998, table I
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Ends_are_the_published_ones(int correct, int count, double low, double high)
    {
        (double Low, double High) found = WilsonInterval.Of(correct, count);
        Assert.Equal((low, high), (Math.Round(found.Low, 4), Math.Round(found.High, 4)));
    }
}
