using System.Collections.Concurrent;

namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>Things that are used again by whoever needs one next: as many as the most threads have needed at a time.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="make">Makes one.</param>
internal sealed class IdlePool<T>(Func<T> make)
    where T : IDisposable
{
    private readonly ConcurrentBag<T> idle = [];

    /// <summary>Takes one, a new one where none is idle.</summary>
    public T Take() => idle.TryTake(out T? found) ? found : make();

    /// <summary>Gives one back.</summary>
    /// <param name="used">What was taken.</param>
    public void Return(T used) => idle.Add(used);

    /// <summary>Frees what is idle; what is in use stays.</summary>
    public void Trim()
    {
        while (idle.TryTake(out T? found))
        {
            found.Dispose();
        }
    }
}
