using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// The environment variables that native code sees. On Unix .NET works on a copy of them, so Environment.SetEnvironmentVariable does not
/// reach libtorch.
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable for native code in this process, unless the user has set it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null)
        {
            return;
        }
        _ = OperatingSystem.IsWindows() ? SetOnWindows(name, value) : SetOnUnix(name, value, 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnUnix(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnWindows(string name, string value);
}
