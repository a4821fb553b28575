namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Tells the garbage collector of native memory that goes with a managed object: without it an abandoned network of 244 MB looks like a few
/// hundred bytes, and
/// a loop that makes them fills the memory before anything is collected.
/// </summary>
internal sealed class MemoryPressure : IDisposable
{
    private const long Least = 1 << 20; // smaller ones make no difference
    private long bytes;

    /// <param name="bytes">The native memory in bytes.</param>
    public MemoryPressure(long bytes)
    {
        if (bytes >= Least)
        {
            GC.AddMemoryPressure(bytes);
            this.bytes = bytes;
        }
    }

    ~MemoryPressure() => Remove();

    /// <inheritdoc />
    public void Dispose()
    {
        Remove();
        GC.SuppressFinalize(this);
    }

    private void Remove()
    {
        if (Interlocked.Exchange(ref bytes, 0) is var added and > 0)
        {
            GC.RemoveMemoryPressure(added);
        }
    }
}
