using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Lets the tests decode images with the SkiaSharp library that the build left in module/bin.</summary>
internal static class NativeSetup
{
    [ModuleInitializer]
    internal static void Resolve() => NativeLibrary.SetDllImportResolver(typeof(SKBitmap).Assembly, Find);

    private static nint Find(string name, Assembly assembly, DllImportSearchPath? search)
    {
        string folder = AppContext.GetData("ConvNetShell.NativeFolder") as string ?? AppContext.BaseDirectory;
        string file =
            name
            + (
                OperatingSystem.IsWindows() ? ".dll"
                : OperatingSystem.IsMacOS() ? ".dylib"
                : ".so"
            );
        return NativeLibrary.TryLoad(Path.Combine(folder, file), out nint handle) ? handle : 0;
    }
}
