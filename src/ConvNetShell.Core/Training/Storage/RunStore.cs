using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>A folder of kept runs. The runs' own files are the truth; an index beside them makes lists quick.</summary>
public static class RunStore
{
    /// <summary>Returns the runs, the oldest first.</summary>
    /// <param name="path">The folder of runs, or the folder of one.</param>
    /// <param name="warn">Receives a warning about each folder whose run cannot be read.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="StorageException">There is no folder of that name.</exception>
    public static IReadOnlyList<StoredRun> Read(string path, Action<string>? warn = null)
    {
        string full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            throw new StorageException("Run.NoFolder", path, "expected a folder of kept runs. Received: no folder of that name.");
        }
        return File.Exists(Path.Combine(full, RunFolder.RecordName)) ? [Open(full)] : List(full, warn);
    }

    /// <summary>Returns one run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The run.</returns>
    /// <exception cref="StorageException">There is no run.</exception>
    public static StoredRun Open(string folder)
    {
        var run = new RunFolder(Path.GetFullPath(folder));
        return new StoredRun(run, run.ReadSummary());
    }

    /// <summary>Changes the note or the tags of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="note">The note; <see langword="null"/> leaves it.</param>
    /// <param name="tags">The tags; <see langword="null"/> leaves them.</param>
    /// <returns>The run with them.</returns>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static StoredRun Annotate(StoredRun run, string? note, IReadOnlyList<string>? tags)
    {
        ArgumentNullException.ThrowIfNull(run);
        var folder = new RunFolder(run.Folder);
        RunRecord record = folder.Read();
        Change(folder, () => folder.Write(record with { Note = note ?? record.Note, Tags = tags ?? record.Tags }));
        return Open(run.Folder);
    }

    /// <summary>Deletes a run with all its files.</summary>
    /// <param name="run">The run, which is not under way.</param>
    /// <exception cref="StorageException">It cannot be deleted.</exception>
    public static void Delete(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Change(new RunFolder(run.Folder), () => Directory.Delete(run.Folder, recursive: true));
    }

    private static void Change(RunFolder folder, Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("Storage.Unwritable", folder.Path, $"the run could not be changed: {error.Message}", error);
        }
    }

    private static IReadOnlyList<StoredRun> List(string full, Action<string>? warn)
    {
        Dictionary<string, (DateTime Changed, RunSummary Summary)> known = RunIndex.Read(full);
        string[] folders = Directory.GetDirectories(full);
        var found = new (StoredRun? Run, DateTime Changed, RunSummary? Summary, string? Problem, bool IsNew)[folders.Length];
        Parallel.For(0, folders.Length, i => found[i] = Find(folders[i], known));
        foreach (string problem in found.Select(item => item.Problem).OfType<string>())
        {
            warn?.Invoke(problem);
        }
        var present = found.Where(item => item.Run is not null).ToDictionary(item => item.Run!.Id, item => (item.Changed, item.Summary!));
        if (found.Any(item => item.IsNew) || present.Count != known.Count)
        {
            RunIndex.Write(full, present);
        }
        return
        [
            .. found.Select(item => item.Run).OfType<StoredRun>().OrderBy(run => run.Started).ThenBy(run => run.Id, StringComparer.Ordinal),
        ];
    }

    private static (StoredRun? Run, DateTime Changed, RunSummary? Summary, string? Problem, bool IsNew) Find(
        string path,
        Dictionary<string, (DateTime Changed, RunSummary Summary)> known
    )
    {
        var folder = new RunFolder(path);
        var file = new FileInfo(folder.RecordPath);
        if (!file.Exists)
        {
            return default; // a folder of something else
        }
        DateTime changed = file.LastWriteTimeUtc; // before reading: a change meanwhile is seen next time
        if (known.TryGetValue(folder.Id, out (DateTime Changed, RunSummary Summary) kept) && kept.Changed == changed)
        {
            return (new StoredRun(folder, kept.Summary), changed, kept.Summary, null, IsNew: false);
        }
        try
        {
            RunSummary summary = folder.ReadSummary();
            return (new StoredRun(folder, summary), changed, summary, null, IsNew: true);
        }
        catch (StorageException error)
        {
            return (null, changed, null, error.Message, IsNew: false);
        }
    }
}
