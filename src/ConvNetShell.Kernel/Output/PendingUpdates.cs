namespace ConvNetShell.Kernel.Output;

/// <summary>The last change of each display that is not sent yet: each display changes at most once a pause.</summary>
internal sealed class PendingUpdates(int pauseMilliseconds)
{
    private readonly Dictionary<string, MimeContent> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> sent = new(StringComparer.Ordinal);

    /// <summary>True while something waits.</summary>
    public bool Any => waiting.Count > 0;

    /// <summary>Replaces the waiting update.</summary>
    public void Add(string id, MimeContent content) => waiting[id] = content;

    /// <summary>Starts a new cell: earlier updates delay nothing.</summary>
    public void Forget() => sent.Clear();

    /// <summary>Takes the updates that are due.</summary>
    public IReadOnlyList<(string Id, MimeContent Content)> Take(bool all)
    {
        long now = Environment.TickCount64;
        List<(string, MimeContent)> due = [];
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
