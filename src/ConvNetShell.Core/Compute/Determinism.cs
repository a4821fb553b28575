using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>
/// Has libtorch use only algorithms that give the same result each time, until disposed of. It matters on a GPU; the CPU's do so in any
/// case. TorchSharp has
/// no switch for it, libtorch has: at::globalContext().setDeterministicAlgorithms and setDeterministicCuDNN.
/// </summary>
internal sealed unsafe class Determinism : IDisposable
{
    private readonly bool isSet;

    public Determinism(bool wanted, Device device)
    {
        isSet = wanted && device.type == DeviceType.CUDA;
        if (isSet)
        {
            Environment.SetEnvironmentVariable("CUBLAS_WORKSPACE_CONFIG", ":4096:8"); // cuBLAS asks for it
            Set(1);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (isSet)
        {
            Set(0);
        }
    }

    private static void Set(byte on)
    {
        nint library = NativeLibrary.Load(
            Path.Combine(TorchLibrary.Folder, OperatingSystem.IsWindows() ? "torch_cpu.dll" : "libtorch_cpu.so")
        );
        if (
            NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out nint context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context26setDeterministicAlgorithmsEbb", out nint algorithms)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context21setDeterministicCuDNNEb", out nint cudnn)
        )
        {
            nint global = ((delegate* unmanaged<nint>)context)();
            ((delegate* unmanaged<nint, byte, byte, void>)algorithms)(global, on, 1); // 1: only warn if no deterministic one exists
            ((delegate* unmanaged<nint, byte, void>)cudnn)(global, on);
        }
    }
}
