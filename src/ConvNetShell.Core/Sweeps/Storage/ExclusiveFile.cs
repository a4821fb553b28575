namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>Makes files that only one process can make, whole from the beginning; also over NFS, by a link.</summary>
internal static class ExclusiveFile
{
    /// <summary>Makes a file.</summary>
    /// <returns>False where it is there already.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static bool TryCreate(string path, byte[] content)
    {
        if (File.Exists(path))
        {
            return false;
        }
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
