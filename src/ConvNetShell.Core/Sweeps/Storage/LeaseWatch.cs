using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>
/// Says which claims are alive. A process of this machine is asked for itself; of another machine the heartbeat is watched: one that has
/// not changed for half a minute of this process's own time is dead, whatever any clock says.
/// </summary>
/// <param name="time">Counts this process's own time, which no change of the clock moves.</param>
internal sealed class LeaseWatch(TimeProvider time)
{
    private readonly Dictionary<string, (string Beat, long Since)> seen = new(StringComparer.Ordinal);

    /// <summary>Returns whether the process of a claim is alive.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="heartbeat">Its heartbeat.</param>
    public bool IsAlive(TrialClaim claim, string heartbeat)
    {
        if (claim.Process.IsAlive() is { } known)
        {
            return known;
        }
        string beat = Read(heartbeat);
        if (!seen.TryGetValue(heartbeat, out (string Beat, long Since) last) || last.Beat != beat)
        {
            seen[heartbeat] = (beat, time.GetTimestamp());
            return true;
        }
        return time.GetElapsedTime(last.Since) < Heartbeat.Timeout;
    }

    private static string Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        }
        catch (IOException)
        {
            return string.Empty; // just being written or removed
        }
    }
}
