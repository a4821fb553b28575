using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// The version of an opened libtorch. Releases of the same major and minor number are compatible; any other may compute wrongly or crash,
/// since the classes that TorchSharp's native half was compiled with have another layout.
/// </summary>
internal static partial class TorchVersion
{
    /// <summary>Gets the version this build was made for.</summary>
    public static string Expected { get; } =
        typeof(TorchVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "LibTorchVersion").Value!;

    /// <summary>Reads the version out of the library: at::show_config() names it.</summary>
    /// <param name="library">libtorch_cpu, opened.</param>
    /// <returns>For example 2.10.0; <see langword="null"/> where the library does not say.</returns>
    public static unsafe string? Read(nint library)
    {
        string symbol =
            OperatingSystem.IsWindows() ? "?show_config@at@@YA?AV?$basic_string@DU?$char_traits@D@std@@V?$allocator@D@2@@std@@XZ"
            : OperatingSystem.IsMacOS() ? "_ZN2at11show_configEv"
            : "_ZN2at11show_configB5cxx11Ev";
        if (!NativeLibrary.TryGetExport(library, symbol, out nint showConfig))
        {
            return null;
        }
        // A long std::string begins with its address and length (libstdc++, Apple's libc++); MSVC has 16 bytes for the address. Its
        // memory stays: it belongs to the library's allocator, and this is called once.
        NativeString text = ((delegate* unmanaged<NativeString>)showConfig)();
        nint length = OperatingSystem.IsWindows() ? text.Third : text.Second;
        return Parse(Marshal.PtrToStringUTF8(text.First, checked((int)length)));
    }

    /// <summary>Refuses a libtorch that is not known to be compatible.</summary>
    /// <param name="found">Its version, or null if it does not say.</param>
    /// <param name="folder">Where it lies.</param>
    /// <param name="isForced">Whether the user wants it in spite of its version.</param>
    /// <exception cref="NativeLibraryException">It has another version.</exception>
    public static void Check(string? found, string folder, bool isForced)
    {
        if (!isForced && (found is null || Release(found) != Release(Expected)))
        {
            throw new NativeLibraryException(
                folder,
                $"{TorchFolder.Variable}: expected libtorch {Release(Expected)}, which this build was made for. Received: "
                    + $"{(found is null ? "one of an unknown version" : $"version {found}")} in {folder}. To try it anyway, which "
                    + $"may crash or compute wrongly, start again with {TorchFolder.ForceVariable}=1."
            );
        }
    }

    /// <summary>Finds the version in what a libtorch says of its build.</summary>
    /// <param name="configuration">The text of at::show_config().</param>
    internal static string? Parse(string configuration) =>
        VersionPattern().Match(configuration) is { Success: true } match ? match.Groups["version"].Value : null;

    private static string Release(string version) => string.Join('.', version.Split('.').Take(2));

    [GeneratedRegex(@"\bTORCH_VERSION=(?<version>[\w.+-]+)")]
    private static partial Regex VersionPattern();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeString
    {
        public readonly nint First,
            Second,
            Third,
            Fourth;
    }
}
