namespace ConvNetShell.Core.Compute;

/// <summary>
/// Where the threads that compute the parts of one batch tell each other what they have found, so that each can go on with what the whole
/// batch has. All of them must come to every exchange.
/// </summary>
internal sealed class PartExchange
{
    private readonly Lock gate = new();
    private object[] found = [];
    private TaskCompletionSource<object[]?> all = new();
    private int missing;
    private bool isAborted;

    /// <summary>Begins a batch; no thread may be waiting.</summary>
    /// <param name="parts">How many parts it has.</param>
    public void Begin(int parts)
    {
        (found, missing, isAborted) = (new object[parts], parts, false);
        all = new TaskCompletionSource<object[]?>();
    }

    /// <summary>Waits for all parts and returns what they have found in their order, or nothing after <see cref="Abort"/>.</summary>
    /// <typeparam name="T">What they have found.</typeparam>
    /// <param name="part">The part, from 0.</param>
    /// <param name="own">What it has found.</param>
    public IReadOnlyList<T>? Share<T>(int part, T own)
        where T : class
    {
        TaskCompletionSource<object[]?> mine;
        lock (gate)
        {
            if (isAborted)
            {
                return null;
            }
            mine = all;
            found[part] = own;
            if (--missing == 0)
            {
                object[] complete = found;
                (found, missing, all) = (new object[complete.Length], complete.Length, new TaskCompletionSource<object[]?>());
                mine.SetResult(complete);
            }
        }
        return mine.Task.GetAwaiter().GetResult() is { } everything ? [.. everything.Cast<T>()] : null;
    }

    /// <summary>Has all threads stop waiting, now and until the next batch: one of them will not come.</summary>
    public void Abort()
    {
        lock (gate)
        {
            isAborted = true;
            all.TrySetResult(null);
        }
    }
}
