using System.Collections.Concurrent;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Runs notebooks side by side, each on a thread of its own; their outcomes come in the order of the notebooks.</summary>
internal sealed class NotebookBatch(IReadOnlyList<NotebookRun> runs, int most)
{
    private volatile bool isStopped;

    /// <summary>Runs them all.</summary>
    /// <param name="manifest">The module that their sessions import.</param>
    public IEnumerable<NotebookOutcome> Start(string? manifest)
    {
        if (most == 1 || runs.Count == 1)
        {
            foreach (NotebookRun run in runs.TakeWhile(_ => !isStopped))
            {
                yield return run.Finish(manifest);
            }

            yield break;
        }

        var waiting = new ConcurrentQueue<(NotebookRun Run, TaskCompletionSource<NotebookOutcome?> Outcome)>(
            runs.Select(run => (run, new TaskCompletionSource<NotebookOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously)))
        );
        Task<NotebookOutcome?>[] outcomes = [.. waiting.Select(each => each.Outcome.Task)];
        for (int i = 0; i < Math.Min(most, runs.Count); i++)
        {
            new Thread(() => Work(waiting, manifest)) { IsBackground = true, Name = $"Notebook {i + 1}" }.Start();
        }

        foreach (Task<NotebookOutcome?> outcome in outcomes)
        {
            if (outcome.GetAwaiter().GetResult() is { } known)
            {
                yield return known;
            }
        }
    }

    /// <summary>Ends all runs with the cells that run.</summary>
    public void Stop()
    {
        isStopped = true;
        foreach (NotebookRun run in runs)
        {
            run.Stop();
        }
    }

    private void Work(ConcurrentQueue<(NotebookRun Run, TaskCompletionSource<NotebookOutcome?> Outcome)> waiting, string? manifest)
    {
        while (waiting.TryDequeue(out (NotebookRun Run, TaskCompletionSource<NotebookOutcome?> Outcome) next))
        {
            try
            {
                next.Outcome.SetResult(isStopped ? null : next.Run.Finish(manifest));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                next.Outcome.SetException(error);
            }
        }
    }
}
