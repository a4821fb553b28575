namespace ConvNetShell.FusedKernels;

/// <summary>Allocates the memory of a <see cref="NativeBuffer{T}"/>. Tests put guard pages around it.</summary>
internal interface INativeMemory
{
    /// <summary>Allocates bytes, aligned to 64.</summary>
    /// <param name="bytes">How many, slack included.</param>
    nint Allocate(nuint bytes);

    /// <summary>Frees what <see cref="Allocate"/> returned.</summary>
    /// <param name="address">The address.</param>
    void Free(nint address);
}
