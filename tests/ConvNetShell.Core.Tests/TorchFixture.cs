using System.Runtime.InteropServices;
using ConvNetShell.Core.Native;
using TorchSharp;

[assembly: AssemblyFixture(typeof(ConvNetShell.Core.Tests.TorchFixture))]

namespace ConvNetShell.Core.Tests;

/// <summary>Opens libtorch once and keeps it to one thread: tests share the machine, and sums come out the same everywhere.</summary>
public sealed unsafe class TorchFixture
{
    public TorchFixture()
    {
        TorchLibrary.Open();
        torch.set_num_threads(1);
        QuietNnpack();
    }

    /// <summary>
    /// On processors that NNPACK does not know, libtorch writes a warning for each float64 convolution: thousands of lines in a log.
    /// TorchSharp has no switch for it; libtorch has: at::globalContext().setUserEnabledNNPACK(false).
    /// </summary>
    private static void QuietNnpack()
    {
        if (OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad(Path.Combine(TorchLibrary.Folder, "libtorch_cpu.so"), out nint library)
            && NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out nint enable))
        {
            ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }
}
