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

    /// <summary>Takes out what may be sent now.</summary>
    public IReadOnlyList<(string Id, MimeBundle Content)> Take(bool all)
    {
        long now = Environment.TickCount64;
        List<(string, MimeBundle)> due = [];
        foreach (string id in waiting.Keys.ToArray())
        {
            if (all || !sent.TryGetValue(id, out long last) || now - last >= pauseMilliseconds)
            {
                due.Add((id, waiting[id]));
                waiting.Remove(id);
                sent[id] = now;
            }
        }

        return due;
    }
}
