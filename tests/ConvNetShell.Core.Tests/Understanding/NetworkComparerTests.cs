using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Inference;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class NetworkComparerTests
{
    [Theory] // binom.test in R, and by hand: 2 * (1 + 10 + 45) / 1024
    [InlineData(2, 8, 0.109375)]
    [InlineData(8, 2, 0.109375)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 0, 1)]
    public void Few_images_are_tested_exactly(int first, int second, double p)
    {
        (string test, double value) = McNemar.Test(first, second);
        Assert.Equal("McNemar exact", test);
        Assert.Equal(p, value, 1e-12);
    }

    [Theory] // chi-squared of (|b - c| - 1)^2 / (b + c): the tables' 3.841459 is 0.05, 6.634897 is 0.01, 10.82757 is 0.001
    [InlineData(20, 10, 81.0 / 30, 0.100348)]
    [InlineData(59, 121, 3721.0 / 180, 5.45e-6)]
    [InlineData(30, 30, 0, 1)]
    public void Many_are_tested_by_chi_squared(int first, int second, double statistic, double p)
    {
        (string test, double value) = McNemar.Test(first, second);
        Assert.Equal("McNemar chi-squared", test);
        Assert.InRange(value, p * 0.999, p * 1.001);
        Assert.InRange(Quantile(value), statistic - 1e-3, statistic + 1e-3);
    }

    [Fact]
    public void The_interval_is_that_of_Bonett_and_Price()
    {
        (double low, double high) = McNemar.Interval(21, 9, 148);
        // (22 - 10) / 150 = 0.08; sqrt((32 / 150 - 0.0064) / 150) = 0.037149
        Assert.Equal(0.08 - 1.959964 * 0.037149, low, 1e-4);
        Assert.Equal(0.08 + 1.959964 * 0.037149, high, 1e-4);
    }

    [Fact]
    public void Images_are_sorted_by_who_tells_them_right()
    {
        using Network zeros = EvaluatorTests.Constant("fc3", 1, 0, 0),
            ones = EvaluatorTests.Constant("fc3", 0, 1, 0);
        DatasetSplit split = new("Test", TinyData.Picture, new byte[6 * 72], [0, 1, 0, 2, 0, 1]);
        NetworkComparison result = Compare(zeros, ones, split);
        Assert.Equal([0, 2, 4], result.OnlyFirst);
        Assert.Equal([1, 5], result.OnlySecond);
        Assert.Equal((0, 1, 6), (result.BothRight, result.BothWrong, result.Count));
        Assert.Equal(1 / 6.0, result.Difference, 1e-9);
        Assert.Equal((0.5, 2 / 6.0), (result.FirstAccuracy, result.SecondAccuracy));
        Assert.Equal(("no difference shown", false), (result.Verdict, result.IsSignificant));
        zeros.Classes = ["a", "b", "c"];
        Assert.Equal(6, Compare(zeros, ones, split).Count); // of one the classes are not known
        ones.Classes = ["b", "a", "c"]; // its second output is now a: both tell the same images right
        Assert.Equal((3, 3), (Compare(zeros, ones, split).BothRight, Compare(zeros, ones, split).BothWrong));
        Assert.Equal("the second is better", (result with { PValue = 0.01, OnlyFirst = [] }).Verdict);
    }

    private static NetworkComparison Compare(Network first, Network second, DatasetSplit split)
    {
        var data = new Dataset("Tiny", "made by a test", ["a", "b", "c"], TinyData.Easy(3, 1));
        return NetworkComparer.Compare(MatchedSplit.Of(first, data, split), MatchedSplit.Of(second, data, split), "cpu");
    }

    /// <summary>The statistic with a p-value, by halving: an independent way back.</summary>
    private static double Quantile(double p)
    {
        double low = 0,
            high = 100;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Above(middle) > p ? (middle, high) : (low, middle);
        }
        return low;

        // 2 (1 - Phi(sqrt x)) by the trapezoid rule
        static double Above(double x)
        {
            double from = Math.Sqrt(x),
                step = (from + 12 - from) / 20_000,
                sum = 0;
            for (int i = 0; i <= 20_000; i++)
            {
                double z = from + i * step;
                sum += Math.Exp(-z * z / 2) * (i is 0 or 20_000 ? 0.5 : 1);
            }
            return 2 * sum * step / Math.Sqrt(2 * Math.PI);
        }
    }
}
