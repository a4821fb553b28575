namespace ConvNetShell.Display.Files;

/// <summary>
/// Writes files as a whole or not at all: the content goes to a new file of a random name in the same folder, reaches the disk, and takes
/// the name at last. A full disk or a killed process leaves the earlier file as it was, and a link that somebody planted under the name is
/// replaced, not followed.
/// </summary>
public static class AtomicFile
{
    /// <summary>The ending of files that are being written.</summary>
    public const string Extension = ".tmp";

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="content">All of its bytes.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    /// <summary>Writes what a method puts into the file.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="write">Writes all of it.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string beside = Beside(path);
        try
        {
            using (FileStream file = Open(beside))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            Replace(beside, path);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static string Beside(string path) => $"{path}.{Guid.NewGuid():N}{Extension}";

    private static FileStream Open(string beside) => new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    /// <summary>Renames; a file that the user may not write is not replaced, even where the folder would allow it.</summary>
    private static void Replace(string beside, string path)
    {
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied: it is read-only.");
        }
        File.Move(beside, path, overwrite: true);
    }
}
