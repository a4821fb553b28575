using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>Opens an address in the user's browser.</summary>
internal static class BrowserLauncher
{
    /// <summary>Opens an address.</summary>
    /// <param name="url">The address.</param>
    /// <returns>Whether there is a program to open it with; the browser's own errors are not waited for.</returns>
    public static bool Open(string url)
    {
        try
        {
            ProcessStartInfo start =
                OperatingSystem.IsWindows() ? new(url) { UseShellExecute = true }
                : OperatingSystem.IsMacOS() ? new("open", url)
                : new("xdg-open", url) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process? started = Process.Start(start);
            return true;
        }
        catch (ExternalException)
        {
            return false; // a machine without a desktop
        }
    }
}
