using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ConvNetShell.Core.Compute;

/// <summary>
/// Runs work beside the thread that calls; its messages run on the caller's thread, the only one that may
/// write to a pipeline or run a script block.
/// </summary>
public sealed class PipelineQueue : IDisposable
{
    private readonly BlockingCollection<Action> messages = [];

    /// <summary>Queues an action for the caller's thread.</summary>
    /// <param name="message">The action.</param>
    public void Post(Action message) => messages.Add(message);

    /// <summary>Runs an action on the caller's thread and waits for it; its exception is thrown here.</summary>
    /// <param name="message">The action.</param>
    public void Send(Action message)
    {
        using var done = new ManualResetEventSlim();
        ExceptionDispatchInfo? error = null;
        Post(() =>
        {
            try
            {
                message();
            }
            catch (Exception caught)
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        error?.Throw();
    }

    /// <summary>
    /// Runs work on another thread, while it runs the queued actions, and returns the work's result or throws its exception.
    /// </summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="cancel">Ends the work early; called where something posted fails, and that error is thrown when the work has
    /// ended.</param>
    /// <returns>The work's result.</returns>
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
        ExceptionDispatchInfo? error = null;
        foreach (Action message in messages.GetConsumingEnumerable())
        {
            try
            {
                message();
            }
            catch (Exception caught)
            {
                // A write that fails (a stopped pipeline, -WarningAction Stop) must not leave the work behind on a queue nobody
                // reads: the rest is still done, so that nobody waits for it.
                error ??= ExceptionDispatchInfo.Capture(caught);
                cancel();
            }
        }
        if (error is not null)
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            error.Throw();
        }
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void Dispose() => messages.Dispose();
}
