using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>Makes files that only one process can make, whole from the beginning; also over NFS, by a link.</summary>
internal static partial class ExclusiveFile
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
            if (OperatingSystem.IsWindows())
            {
                File.Move(beside, path, overwrite: false);
            }
            else if (Link(beside, path) != 0) // File.Move looks first and renames then: two processes could both succeed
            {
                throw new IOException($"The file {path} could not be linked: {Marshal.GetLastPInvokeErrorMessage()}");
            }
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

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
