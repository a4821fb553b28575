using System.Text.RegularExpressions;

namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>Says why a job ended: by sacct, or by scontrol where the cluster keeps no accounts.</summary>
internal static partial class SlurmAccounting
{
    /// <summary>Returns the state of a job, for example TIMEOUT, PREEMPTED, NODE_FAIL or CANCELLED.</summary>
    public static string State(string job)
    {
        if (
            SlurmCommand.Run("sacct", ["--noheader", "--parsable2", "--allocations", "--format=State", "--jobs", job], out _)
                is { } accounts
            && accounts.Split('\n')[0].Trim() is { Length: > 0 } state
        )
        {
            return state;
        }
        return
            SlurmCommand.Run("scontrol", ["show", "job", job], out string error) is { } answer
            && JobState().Match(answer) is { Success: true } match
            ? match.Groups[1].Value
            : $"unknown: {error}";
    }

    [GeneratedRegex(@"JobState=(\S+)")]
    private static partial Regex JobState();
}
