using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Core.Compute;

/// <summary>
/// Notices that other programs keep a training's threads from running. oneDNN's threads wait for each other in a loop that never sleeps;
/// where the cores
/// are shared two threads can then be several times slower than one. Linux reports how long threads waited for a core; elsewhere nothing is
/// noticed.
/// </summary>
/// <param name="read">Tells the nanoseconds all threads of this process have waited so far, or <see langword="null"/> where that is not
/// known.</param>
internal sealed class CpuContention(Func<long?> read)
{
    private const double Much = 0.35; // of the time; on idle cores it is below 0.05
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5);
    private long? before = read();
    private long began = Stopwatch.GetTimestamp();
    private bool isSaid;

    /// <summary>Initializes a new instance of the <see cref="CpuContention"/> class that reads the system's counters.</summary>
    public CpuContention()
        : this(Waited) { }

    /// <summary>Returns what to say of the time since the last call, once; <see langword="null"/> where there is nothing to say.</summary>
    /// <param name="threads">The threads that compute.</param>
    public string? Warning(int threads) => Warning(threads, Stopwatch.GetElapsedTime(began));

    /// <summary>Returns what to say of a time that passed since the last call.</summary>
    internal string? Warning(int threads, TimeSpan elapsed)
    {
        long? now = read();
        double fraction = (now - before) / (elapsed.TotalNanoseconds * threads) ?? 0;
        (before, began) = (now, Stopwatch.GetTimestamp());
        if (isSaid || threads == 1 || elapsed < Brief || fraction < Much)
        {
            return null;
        }
        isSaid = true;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Other programs use the cores: the {threads} threads of this training waited for a core {fraction:P0} of the time. "
                + $"They also wait for each other, without sleeping, so that on busy cores -Threads 1 is often several times faster."
        );
    }

    /// <summary>Returns the nanoseconds all threads of this process have waited for a core.</summary>
    internal static long? Waited()
    {
        const string threads = "/proc/self/task";
        if (!Directory.Exists(threads))
        {
            return null;
        }
        long sum = 0;
        foreach (string thread in Directory.EnumerateDirectories(threads))
        {
            try
            {
                // Three numbers: nanoseconds on a core, nanoseconds waiting for one, times it got one.
                sum += long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue; // a thread that has ended meanwhile, or a kernel that does not count
            }
        }
        return sum;
    }
}
