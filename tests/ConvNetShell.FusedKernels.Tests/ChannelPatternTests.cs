using ConvNetShell.FusedKernels.Normalization;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>The order in which values are normalized.</summary>
public sealed class ChannelPatternTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(16, 70_000)] // more than float32 adds up at a time
    [InlineData(20, 9_999)]
    [InlineData(64, 66_000)]
    [InlineData(513, 70_000)]
    public void Each_value_of_whole_patterns_is_in_one_step_at_its_place(int channels, int count)
    {
        var pattern = new ChannelPattern(channels);
        int[] seen = new int[count];
        nint last = 0;
        foreach ((nint begin, nint end) in pattern.Parts(count))
        {
            Assert.Equal(last, begin);
            last = end;
            foreach ((nint start, nint until, int place) in pattern.Steps(begin, end))
            {
                for (nint i = start; i < until; i += pattern.Length)
                {
                    for (int lane = 0; lane < ChannelPattern.Step; lane++)
                    {
                        seen[i + lane]++;
                        Assert.Equal((place + lane) % channels, (i + lane) % channels);
                    }
                }
            }
        }
        int whole = (int)pattern.Whole(count);
        Assert.Equal(whole, last);
        Assert.Equal(Enumerable.Repeat(1, whole).Concat(Enumerable.Repeat(0, count - whole)), seen);
        Assert.InRange(count - whole, 0, pattern.Length - 1);
    }
}
