using System.Runtime.InteropServices;

namespace ConvNetShell.FusedKernels;

/// <summary>The C library's memory, aligned to a vector register.</summary>
internal sealed unsafe class AlignedMemory : INativeMemory
{
    private const int Alignment = 64; // bytes

    /// <inheritdoc />
    public nint Allocate(nuint bytes) => (nint)NativeMemory.AlignedAlloc(bytes, Alignment);

    /// <inheritdoc />
    public void Free(nint address) => NativeMemory.AlignedFree((void*)address);
}
