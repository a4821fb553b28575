using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Loads a native library from bytes, on Linux: from a file in memory that has no name, or, where the system allows none, from a new folder
/// that only this user can enter. Nobody can exchange the library between the check of its bytes and the load.
/// </summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>Loads a library.</summary>
    /// <param name="name">The name of the file, without a folder.</param>
    /// <param name="bytes">The library.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="DllNotFoundException">The loader refuses it.</exception>
    /// <exception cref="IOException">The system has no files in memory, and the temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static nint Load(string name, byte[] bytes)
    {
        int file = Create(name, CloseOnExec);
        if (file < 0)
        {
            return LoadFromFolder(name, bytes);
        }
        // Stays open: the loader knows a library by its path, so no other file may get this number.
        var handle = new SafeFileHandle(file, ownsHandle: false);
        RandomAccess.Write(handle, bytes, 0);
        return NativeLibrary.TryLoad($"/proc/self/fd/{file}", out nint library) ? library : LoadFromFolder(name, bytes);
    }

    /// <summary>Loads a library from a folder of mode 0700 with a random name, which is gone again afterwards.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="bytes">The library.</param>
    internal static nint LoadFromFolder(string name, byte[] bytes)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ConvNetShell-");
        try
        {
            string path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, bytes);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);
}
