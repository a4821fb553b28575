using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Files;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// Keeps a folder to one run. The lock is an open file, which the system closes with the process however that ends; a second file beside
/// it names the process. Both are removed with the lock.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file that is held open.</summary>
    public const string LockName = ".lock";

    /// <summary>The file that says who holds it.</summary>
    public const string OwnerName = ".owner";
    private const int LongestOwner = 300; // letters
    private const int Busy = 11; // EWOULDBLOCK: somebody else has the file open
    private readonly string folder;
    private FileStream file;

    private FolderLock(string folder, FileStream file) => (this.folder, this.file) = (folder, file);

    private string OwnerPath => Path.Combine(folder, OwnerName);

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <exception cref="StorageException">Another run has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        var taken = new FolderLock(folder, Open(folder));
        try
        {
            taken.WriteOwner();
        }
        catch
        {
            taken.Dispose();
            throw;
        }
        return taken;
    }

    /// <summary>Makes the folder and its lock again where somebody has removed them.</summary>
    /// <exception cref="StorageException">Another run has taken the folder meanwhile.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void Renew()
    {
        if (IsAt(file, Path.Combine(folder, LockName)))
        {
            return;
        }
        Directory.CreateDirectory(folder);
        FileStream renewed = Open(folder);
        file.Dispose();
        file = renewed;
        WriteOwner();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        string path = Path.Combine(folder, LockName);
        if (IsAt(file, path))
        {
            Delete(OwnerPath);
            if (!OperatingSystem.IsWindows()) // which deletes it on closing
            {
                Delete(path);
            }
        }
        file.Dispose();
    }

    private static FileStream Open(string folder)
    {
        string path = Path.Combine(folder, LockName);
        while (true)
        {
            if (OpenOnce(folder, path) is not { } opened)
            {
                continue;
            }
            File.SetLastWriteTimeUtc(opened.SafeFileHandle, RandomTime());
            if (IsAt(opened, path))
            {
                return opened;
            }
            opened.Dispose(); // its owner ended, and removed it, between opening and locking
        }
    }

    /// <summary>Opens the lock; nothing where its owner removed it at this moment.</summary>
    private static FileStream? OpenOnce(string folder, string path)
    {
        try
        {
            FileOptions options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new StorageException(
                "Storage.InUse",
                folder,
                $"expected a folder that no other run writes into. Received: one in use by {Owner(folder)}. Wait for the end of that "
                    + "run, or name another folder with -CheckpointPath.",
                error
            );
        }
        catch (IOException error) when (error.HResult == Busy && Directory.Exists(folder))
        {
            return null;
        }
    }

    /// <summary>Returns whether a path still leads to an open file. The time of its last change, drawn at random, identifies it.</summary>
    private static bool IsAt(FileStream open, string path) =>
        File.Exists(path) && File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(open.SafeFileHandle);

    private static DateTime RandomTime() =>
        DateTime.UnixEpoch.AddSeconds(Random.Shared.Next()).AddMicroseconds(Random.Shared.Next(1_000_000));

    private static string Owner(string folder)
    {
        try
        {
            using StreamReader reader = File.OpenText(Path.Combine(folder, OwnerName));
            char[] text = new char[LongestOwner];
            return VisibleText.Of(new string(text, 0, reader.ReadBlock(text)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "another process"; // it has only begun, or is ending
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file without its lock means nothing to the next run.
        }
    }

    private void WriteOwner()
    {
        DateTimeOffset now = DateTimeOffset.Now;
        string text = FormattableString.Invariant(
            $"the run that process {Environment.ProcessId} on {Environment.MachineName} began at {now:yyyy-MM-dd HH:mm:ss zzz}"
        );
        AtomicFile.Write(OwnerPath, Encoding.UTF8.GetBytes(text));
    }
}
