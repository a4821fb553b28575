using System.Runtime.InteropServices;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Where this process writes.</summary>
public static partial class StandardOutput
{
    private const int Handle = 1;

    /// <summary>
    /// Gets a value indicating whether output goes to a file or another process. On Windows hosts say that themselves, and this does not.
    /// </summary>
    public static bool IsRedirected => !OperatingSystem.IsWindows() && IsTerminal(Handle) == 0;

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int handle);
}
