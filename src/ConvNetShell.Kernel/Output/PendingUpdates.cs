using ConvNetShell.Display.Mime;

namespace ConvNetShell.Kernel.Output;

/// <summary>The last change of each display that is not sent yet: each display changes at most once a pause.</summary>
internal sealed class PendingUpdates(int pauseMilliseconds)
{
    private readonly Dictionary<string, MimeBundle> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> sent = new(StringComparer.Ordinal);

    /// <summary>True while something waits.</summary>
    public bool Any => waiting.Count > 0;

    /// <summary>Replaces the change that waits.</summary>
    public void Add(string id, MimeBundle content) => waiting[id] = content;

    /// <summary>Starts a new cell: earlier updates delay nothing.</summary>
    public void Forget() => sent.Clear();

    /// <summary>Sends what may be sent now.</summary>
    /// <param name="sink">Where it is sent; null for nowhere.</param>
    /// <param name="all">Whether to send also what would wait.</param>
    public void Send(ICellSink? sink, bool all)
    {
        long now = Environment.TickCount64;
        foreach (string id in waiting.Keys.ToArray())
        {
            if (all || !sent.TryGetValue(id, out long last) || now - last >= pauseMilliseconds)
            {
                waiting.Remove(id, out MimeBundle? content);
                sent[id] = now;
                sink?.Update(content!, id);
            }
        }
    }
}
