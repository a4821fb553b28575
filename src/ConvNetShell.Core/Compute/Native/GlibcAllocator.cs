using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Keeps glibc from handing every step's activations back to the kernel and faulting them in again, which costs a
/// factor of three in training speed. All large blocks come from the main arena, which grows and is never trimmed; see
/// <see cref="MainArenaThread"/>. Set the environment variable CONVNETSHELL_MALLOC to 0 to leave the allocator alone.
/// </summary>
internal static partial class GlibcAllocator
{
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MostMappings = -4; // M_MMAP_MAX
    private const int MostArenas = -8; // M_ARENA_MAX
    private static readonly Lazy<bool> Tuned = new(TuneOnce);

    /// <summary>Gets a value indicating whether the allocator is glibc's and has these settings; sets them if need be.</summary>
    public static bool IsTuned => Tuned.Value;

    private static bool TuneOnce()
    {
        bool wanted = Environment.GetEnvironmentVariable("CONVNETSHELL_MALLOC") != "0";
        if (
            !wanted
            || !OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libc.so.6", out nint libc)
            || !NativeLibrary.TryGetExport(libc, "mallopt", out _)
        )
        {
            return false;
        }
        // Existing arenas stay, as the runtime has started threads. New threads use them too.
        return SetOption(MostMappings, 0) != 0 & SetOption(TrimThreshold, int.MaxValue) != 0 & SetOption(MostArenas, 1) != 0;
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
