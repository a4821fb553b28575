using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Gpu.Tests;

/// <summary>
/// Has libtorch throw where the processor waits for the GPU, as torch.cuda.set_sync_debug_mode("error") does: c10::cuda::warning_state().
/// </summary>
internal static unsafe class Synchronization
{
    private const int Allowed = 0,
        Error = 2;

    private static int* Mode
    {
        get
        {
            nint library = NativeLibrary.Load(Path.Combine(TorchLibrary.Folder, TorchFolder.FileName("c10_cuda")));
            return ((delegate* unmanaged<int*>)NativeLibrary.GetExport(library, "_ZN3c104cuda13warning_stateEv"))();
        }
    }

    public static void Forbid() => *Mode = Error;

    public static void Allow() => *Mode = Allowed;
}
