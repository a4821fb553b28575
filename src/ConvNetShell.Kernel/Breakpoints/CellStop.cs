using System.Collections.Concurrent;
using System.Management.Automation;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>
/// A cell that is stopped, until it is told how to go on. Meanwhile its thread does what the debug protocol asks for: only there do
/// expressions see the variables of the function that is stopped.
/// </summary>
internal sealed class CellStop : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private DebuggerResumeAction resume = DebuggerResumeAction.Continue;
    private bool isOver;

    /// <param name="calls">The calls that led here, innermost first.</param>
    /// <param name="isShown">Says whether a front end sees a call.</param>
    public CellStop(IReadOnlyList<CallStackFrame> calls, Predicate<CallStackFrame> isShown) =>
        (Calls, Frames) = (calls, [.. calls.Where(call => isShown(call))]);

    /// <summary>Gets the calls that led here, innermost first.</summary>
    public IReadOnlyList<CallStackFrame> Calls { get; }

    /// <summary>Gets those that a front end sees.</summary>
    public IReadOnlyList<CallStackFrame> Frames { get; }

    /// <summary>Works until <see cref="Resume"/>; to be called on the cell's thread.</summary>
    /// <returns>How the cell goes on.</returns>
    public DebuggerResumeAction Wait()
    {
        foreach (Action action in work.GetConsumingEnumerable())
        {
            action();
        }

        return resume;
    }

    /// <summary>Lets the cell go on; what was asked for before is still done.</summary>
    public void Resume(DebuggerResumeAction action)
    {
        lock (work)
        {
            if (!isOver)
            {
                (resume, isOver) = (action, true);
                work.CompleteAdding();
            }
        }
    }

    /// <summary>Does something on the cell's thread and waits for it.</summary>
    /// <exception cref="InvalidOperationException">The cell goes on already.</exception>
    public T Do<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>();
        lock (work)
        {
            if (isOver)
            {
                throw new InvalidOperationException("The cell is not stopped any more.");
            }

            work.Add(() => Complete(done, function));
        }

        return done.Task.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> function)
    {
        try
        {
            done.SetResult(function());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            done.SetException(error); // the thread that waits raises it
        }
    }
}
