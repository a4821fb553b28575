using System.Collections.Concurrent;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>Runs work beside the pipeline; what the work has to say is done on the pipeline's thread, which alone may write.</summary>
internal sealed class PipelineQueue : IDisposable
{
    private readonly BlockingCollection<Action> messages = [];

    /// <summary>Leaves something to be done on the pipeline's thread.</summary>
    public void Post(Action message) => messages.Add(message);

    /// <summary>Runs work on another thread, doing what is posted meanwhile, and returns what it returns or throws what it throws.</summary>
    public T Run<T>(Func<T> work, Action cancel)
    {
        Task<T> task = Task.Run(() =>
        {
            try
            {
                return work();
            }
            finally
            {
                messages.CompleteAdding();
            }
        });
        try
        {
            foreach (Action message in messages.GetConsumingEnumerable())
            {
                message();
            }
        }
        catch
        {
            // A write that fails (a stopped pipeline, -WarningAction Stop) must not leave the work behind on a queue nobody reads.
            cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            throw;
        }
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void Dispose() => messages.Dispose();
}
