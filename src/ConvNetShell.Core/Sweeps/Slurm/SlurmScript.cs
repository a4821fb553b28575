using System.Diagnostics;
using System.Text;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>The folder slurm of a sweep: the script of its jobs, what they write, and a mark of each that ended by itself.</summary>
/// <param name="sweep">The sweep's folder.</param>
internal sealed class SlurmScript(string sweep)
{
    private const string EndedMark = "ended-",
        LogEnd = ".log";

    private string Folder => Path.Combine(sweep, "slurm");

    /// <summary>Writes the script and returns its path.</summary>
    /// <param name="worker">How a worker process is started.</param>
    public string Write(ProcessStartInfo worker)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, "worker.sh"),
            command = string.Join(' ', worker.ArgumentList.Prepend(worker.FileName).Select(Quote));
        string text = $"#!/bin/bash\n{command} && touch {Quote(Path.Combine(Folder, EndedMark))}$SLURM_ARRAY_JOB_ID\n";
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Returns the pattern of the files that jobs write to.</summary>
    public string LogPattern => Path.Combine(Folder, "%A_%a" + LogEnd);

    /// <summary>Returns whether a worker of an array of jobs ended by itself: nothing is left.</summary>
    public bool HasEnded(string job) => File.Exists(Path.Combine(Folder, EndedMark + job));

    /// <summary>Returns the end of what the latest job wrote.</summary>
    public string LastWords()
    {
        FileInfo? latest = new DirectoryInfo(Folder).GetFiles("*" + LogEnd).MaxBy(file => file.LastWriteTimeUtc);
        return latest is null ? "nothing" : string.Join(Environment.NewLine, File.ReadLines(latest.FullName).TakeLast(10));
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
