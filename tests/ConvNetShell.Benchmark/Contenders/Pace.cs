using System.Diagnostics;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>How often a piece of work is done in a second.</summary>
internal static class Pace
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1),
        Measured = TimeSpan.FromSeconds(3);

    /// <summary>Does the work for a second that does not count and for three that do.</summary>
    /// <returns>The times a second.</returns>
    public static double Of(Action work)
    {
        _ = Repeat(work, WarmUp);
        return Repeat(work, Measured);
    }

    private static double Repeat(Action work, TimeSpan least)
    {
        var clock = Stopwatch.StartNew();
        int times = 0;
        do
        {
            work();
            times++;
        } while (clock.Elapsed < least);
        return times / clock.Elapsed.TotalSeconds;
    }
}
