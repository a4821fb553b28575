using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Turns NNPACK off. On processors it does not know, libtorch tries it for every small convolution that oneDNN does not take and
/// writes a warning to the error stream each time. TorchSharp has no switch for it; libtorch has:
/// at::globalContext().setUserEnabledNNPACK(false).
/// </summary>
internal static unsafe class Nnpack
{
    /// <summary>Turns it off where libtorch lets itself be asked; elsewhere the warnings stay.</summary>
    public static void TurnOff(string folder)
    {
        if (
            OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad(Path.Combine(folder, "libtorch_cpu.so"), out nint library)
            && NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out nint enable)
        )
        {
            ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
