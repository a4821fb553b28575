using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Compute;

/// <summary>Compares an estimate with the memory that is free, before the memory is taken.</summary>
internal static class FreeMemory
{
    private const string LinuxFigures = "/proc/meminfo",
        LinuxFree = "MemAvailable:";

    /// <summary>Gets the bytes that may be taken: what the system has free, within the limit of the process.</summary>
    public static long Bytes
    {
        get
        {
            GCMemoryInfo limit = GC.GetGCMemoryInfo();
            return Math.Min(limit.TotalAvailableMemoryBytes, ReadSystem() ?? limit.TotalAvailableMemoryBytes - limit.MemoryLoadBytes);
        }
    }

    /// <summary>Passes where the memory suffices.</summary>
    /// <param name="work">What needs the memory, as the subject of a sentence.</param>
    /// <param name="bytes">The bytes it takes at its peak.</param>
    /// <param name="fix">What to change where they are not free.</param>
    /// <exception cref="MemoryShortageException">They are not free.</exception>
    public static void Require(string work, double bytes, string fix)
    {
        const double alwaysThere = 64e6; // not worth a look
        if (bytes > alwaysThere && Bytes is var free && bytes > free)
        {
            throw new MemoryShortageException(work, bytes, free, fix);
        }
    }

    private static long? ReadSystem()
    {
        if (!File.Exists(LinuxFigures))
        {
            return null;
        }
        string? line = File.ReadLines(LinuxFigures).FirstOrDefault(line => line.StartsWith(LinuxFree, StringComparison.Ordinal));
        return line is null
            ? null
            : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
