using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>
/// Has libtorch use only algorithms that give the same result each time, until disposed of. It matters on a GPU; the CPU's always do.
/// TorchSharp has no switch for it, libtorch has: at::globalContext().setDeterministicAlgorithms and setDeterministicCuDNN.
/// </summary>
internal sealed unsafe class Determinism : IDisposable
{
    /// <summary>The variable that cuBLAS reads; it is deterministic with this workspace only.</summary>
    internal const string Workspace = "CUBLAS_WORKSPACE_CONFIG";

    private readonly nint context,
        algorithms,
        cudnn;

    /// <param name="isWanted">Whether the user asked for it.</param>
    /// <param name="device">The device; on any but a GPU nothing is done.</param>
    /// <exception cref="InvalidSettingException">It is wanted, and libtorch has no such switch.</exception>
    public Determinism(bool isWanted, Device device)
        : this(isWanted && device.type == DeviceType.CUDA ? Library() : 0) { }

    /// <param name="library">The library that has the switches; 0 changes nothing.</param>
    internal Determinism(nint library)
    {
        if (library == 0)
        {
            return;
        }
        bool isThere =
            NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out context)
            & NativeLibrary.TryGetExport(library, "_ZN2at7Context26setDeterministicAlgorithmsEbb", out algorithms)
            & NativeLibrary.TryGetExport(library, "_ZN2at7Context21setDeterministicCuDNNEb", out cudnn);
        if (!isThere)
        {
            throw new InvalidSettingException("Deterministic", "left out: the libtorch of this build has no switch for it", true);
        }
        NativeEnvironment.SetDefault(Workspace, ":4096:8");
        Set(1);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (context != 0)
        {
            Set(0);
        }
    }

    private static nint Library() =>
        NativeLibrary.Load(Path.Combine(TorchLibrary.Folder, OperatingSystem.IsWindows() ? "torch_cpu.dll" : "libtorch_cpu.so"));

    private void Set(byte on)
    {
        nint global = ((delegate* unmanaged<nint>)context)();
        ((delegate* unmanaged<nint, byte, byte, void>)algorithms)(global, on, 1); // 1: only warn where there is no such algorithm
        ((delegate* unmanaged<nint, byte, void>)cudnn)(global, on);
    }
}
