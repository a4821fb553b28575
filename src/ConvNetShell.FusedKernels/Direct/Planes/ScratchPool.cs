using System.Collections.Concurrent;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>Memory for convolutions by minimal filtering: as much as the most threads have needed at a time, and used again.</summary>
/// <param name="allocator">Allocates it.</param>
internal sealed class ScratchPool(INativeMemory allocator)
{
    private readonly ConcurrentBag<WinogradScratch> idle = [];

    /// <summary>Takes some.</summary>
    public WinogradScratch Take() => idle.TryTake(out WinogradScratch? scratch) ? scratch : new WinogradScratch(allocator);

    /// <summary>Gives it back.</summary>
    /// <param name="scratch">What was taken.</param>
    public void Return(WinogradScratch scratch) => idle.Add(scratch);
}
