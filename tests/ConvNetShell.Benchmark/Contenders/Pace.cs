using System.Diagnostics;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>How often a piece of work is done in a second.</summary>
internal static class Pace
{
    /// <summary>The time that counts.</summary>
    public static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3); // the runtime compiles once more what runs often

    /// <summary>Does the work for three seconds that do not count and for five that do, once at least.</summary>
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
