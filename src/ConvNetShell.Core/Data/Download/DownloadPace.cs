using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Core.Data.Download;

/// <summary>Measures how fast a mirror sends, over one window of time after the other.</summary>
/// <param name="window">The length of a window.</param>
/// <param name="leastRate">The fewest bytes a second.</param>
internal sealed class DownloadPace(TimeSpan window, int leastRate)
{
    private long begun = Stopwatch.GetTimestamp();
    private long bytes;

    /// <summary>Gets the length of a window, which is also the longest wait for more data.</summary>
    public TimeSpan Window => window;

    /// <summary>Gets a value indicating whether a window had too few bytes.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Counts bytes that came.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Whether a window has ended that had too few.</returns>
    public bool Add(int count)
    {
        bytes += count;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begun);
        if (elapsed >= window)
        {
            IsTooSlow = bytes < elapsed.TotalSeconds * leastRate;
            (begun, bytes) = (Stopwatch.GetTimestamp(), 0);
        }
        return IsTooSlow;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sent fewer than {leastRate:#,0} bytes a second");
}
