using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>The folder a run is saved in: the start, the latest checkpoint, and those of the best epochs.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    public const string Extension = ".checkpoint",
        StartName = "start" + Extension;
    private readonly List<(string File, (double, double) Value)> epochs = [];
    private readonly List<string> others = []; // of before the run was resumed
    private readonly FolderLock owner;
    private string? latest;

    private CheckpointFolder(CheckpointSettings settings, FolderLock owner) => (Settings, this.owner) = (settings, owner);

    /// <summary>Gets the settings.</summary>
    public CheckpointSettings Settings { get; }

    /// <summary>
    /// Makes the folder if need be and takes it for this run, before any time is spent on training. It is free again when this is disposed
    /// of.
    /// </summary>
    /// <exception cref="StorageException">It cannot be written, another run writes into it, or it holds another run.</exception>
    public static CheckpointFolder Prepare(CheckpointSettings settings, bool isNew)
    {
        FolderLock owner;
        try
        {
            Directory.CreateDirectory(settings.Path);
            owner = FolderLock.Take(settings.Path);
            RemoveUnfinished(settings.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                settings.Path,
                $"expected a folder for checkpoints that can be written. Received: {error.Message}",
                error
            );
        }
        if (isNew && Files(settings.Path).Any())
        {
            owner.Dispose();
            throw new StorageException(
                "Storage.NotEmpty",
                settings.Path,
                "expected a folder without checkpoints, so that no run is lost. Received: the checkpoints of another run. Go "
                    + "on with it by Resume-Training, or name another folder."
            );
        }
        return new CheckpointFolder(settings, owner);
    }

    /// <summary>
    /// Takes over the files of a run that goes on: those of its best epochs are kept, the others removed with the next checkpoint.
    /// </summary>
    /// <param name="quality">Returns how good an epoch was; <see langword="null"/> for one that the run has not finished.</param>
    public void Adopt(Func<int, (double First, double Second)?> quality)
    {
        HashSet<int> seen = [];
        foreach (string file in Files(Settings.Path).Where(file => Path.GetFileName(file) != StartName))
        {
            if (Epoch(file) is { } epoch && quality(epoch) is { } value && seen.Add(epoch)) // the latest of an epoch is its end
            {
                epochs.Add((file, value));
            }
            else
            {
                others.Add(file);
            }
        }
    }

    /// <summary>Makes the folder and its lock again where somebody has removed them.</summary>
    /// <exception cref="StorageException">Another run has taken the folder meanwhile.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void Renew() => owner.Renew();

    /// <inheritdoc />
    public void Dispose() => owner.Dispose();

    /// <summary>Returns a folder's checkpoints, the one with the most steps first.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension).OrderByDescending(Steps).ThenByDescending(File.GetLastWriteTimeUtc);

    /// <summary>Returns the file for a checkpoint.</summary>
    public string FileFor(CheckpointMoment moment, int epoch, long step) =>
        Path.Combine(
            Settings.Path,
            moment == CheckpointMoment.Start
                ? StartName
                : string.Create(CultureInfo.InvariantCulture, $"epoch{epoch:0000}-step{step:0000000000}{Extension}")
        );

    /// <summary>Takes note of a file that was written and removes those that are not needed any more.</summary>
    /// <param name="file">The file.</param>
    /// <param name="value">How good the epoch it ends is, the larger the better; <see langword="null"/> where it ends none.</param>
    public void Add(string file, (double First, double Second)? value)
    {
        string? previous = latest;
        latest = file;
        if (value is { } quality)
        {
            epochs.RemoveAll(known => known.File == file);
            epochs.Add((file, quality));
        }
        var keep = epochs
            .OrderByDescending(epoch => epoch.Value)
            .ThenBy(epoch => epoch.File, StringComparer.Ordinal)
            .Take(Settings.KeepTop)
            .Select(epoch => epoch.File)
            .Append(file)
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            string old in epochs
                .Select(epoch => epoch.File)
                .Concat(others)
                .Append(previous)
                .OfType<string>()
                .Where(old => !keep.Contains(old))
                .ToArray()
        )
        {
            File.Delete(old);
            epochs.RemoveAll(epoch => epoch.File == old);
        }
        others.Clear();
    }

    private static int? Epoch(string file)
    {
        const string start = "epoch";
        string name = Path.GetFileName(file);
        int end = name.IndexOf('-', StringComparison.Ordinal);
        return
            end > start.Length
            && name.StartsWith(start, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(start.Length, end - start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            ? epoch
            : null;
    }

    /// <summary>Removes what processes that were killed had begun to write; the lock says that nobody writes now.</summary>
    private static void RemoveUnfinished(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*" + Extension + ".*" + AtomicFile.Extension))
        {
            File.Delete(file);
        }
        foreach (string file in Directory.GetFiles(folder, FolderLock.OwnerName + ".*" + AtomicFile.Extension))
        {
            File.Delete(file);
        }
    }

    private static long Steps(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int at = name.LastIndexOf("step", StringComparison.Ordinal);
        return at >= 0 && long.TryParse(name.AsSpan(at + 4), NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps : -1;
    }
}
