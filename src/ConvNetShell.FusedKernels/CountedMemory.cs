namespace ConvNetShell.FusedKernels;

/// <summary>Counts the bytes that are allocated.</summary>
/// <param name="memory">Allocates and frees them.</param>
internal sealed class CountedMemory(INativeMemory memory) : INativeMemory
{
    /// <summary>Gets the bytes that were allocated, those that were freed again included.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc />
    public nint Allocate(nuint bytes)
    {
        Bytes += (long)bytes;
        return memory.Allocate(bytes);
    }

    /// <inheritdoc />
    public void Free(nint address) => memory.Free(address);
}
