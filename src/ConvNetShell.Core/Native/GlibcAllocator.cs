using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Native;

/// <summary>
/// Keeps glibc from handing every step's activations back to the kernel and faulting them in again, which costs a
/// factor of three in training speed. Set the environment variable CONVNETSHELL_MALLOC to 0 to leave the allocator alone.
/// </summary>
internal static partial class GlibcAllocator
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const int LargestMmapThreshold = 32 * 1024 * 1024;

    public static void Tune()
    {
        bool wanted = Environment.GetEnvironmentVariable("CONVNETSHELL_MALLOC") != "0";
        if (wanted && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, "mallopt", out _))
        {
            _ = SetOption(MmapThreshold, LargestMmapThreshold);
            _ = SetOption(TrimThreshold, int.MaxValue);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
