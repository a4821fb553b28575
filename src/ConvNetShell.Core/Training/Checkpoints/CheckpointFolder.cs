using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>The folder a run is saved in: the start, the latest checkpoint, and those of the best epochs.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    public const string Extension = ".checkpoint",
        StartName = "start" + Extension;
    private readonly List<(string File, (double, double) Value)> epochs = [];
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
            string old in epochs.Select(epoch => epoch.File).Append(previous).OfType<string>().Where(old => !keep.Contains(old)).ToArray()
        )
        {
            File.Delete(old);
            epochs.RemoveAll(epoch => epoch.File == old);
        }
    }

    private static long Steps(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        int at = name.LastIndexOf("step", StringComparison.Ordinal);
        return at >= 0 && long.TryParse(name.AsSpan(at + 4), NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps : -1;
    }
}
