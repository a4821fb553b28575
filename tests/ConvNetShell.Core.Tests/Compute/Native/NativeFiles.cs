using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Tests.Compute.Native;

/// <summary>Where the native libraries of this build are.</summary>
internal static class NativeFiles
{
    public static string Bridge => Path.Combine(TorchLibrary.Folder, "libLibTorchSharp.so");
}
