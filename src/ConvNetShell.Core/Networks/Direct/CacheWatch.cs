using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// Asks a cache at each garbage collection whether it lets go of what it keeps, until it does: after the first few, which make this old,
/// only at full ones. Nothing keeps it but the collector's list of what is to be finalized.
/// </summary>
internal sealed class CacheWatch
{
    private WeakGCHandle<DirectCache> cache; // a WeakReference may be finalized before this is

    /// <param name="cache">The cache, which may be collected meanwhile.</param>
    public CacheWatch(DirectCache cache) => this.cache = new WeakGCHandle<DirectCache>(cache);

    ~CacheWatch()
    {
        if (cache.TryGetTarget(out DirectCache? watched) && !watched.LetGo())
        {
            GC.ReRegisterForFinalize(this);
            return;
        }
        cache.Dispose();
    }
}
