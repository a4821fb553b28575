using System.Runtime.ExceptionServices;
using ConvNetShell.Core.Compute.Native;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>
/// Threads on which libtorch computes side by side, each with as many helpers of its own or none: the calling one, until this is disposed
/// of, and others that
/// wait between pieces of work.
/// </summary>
internal sealed class ComputeThreads : IDisposable
{
    private readonly int threadsBefore = get_num_threads();
    private readonly SemaphoreSlim[] starts;
    private readonly Thread[] threads;

    // a new one for each round: a reset counter could still receive signals of the round before
    private readonly SemaphoreSlim ends = new(0);
    private readonly Exception?[] errors;
    private readonly int each;
    private Action<int>? work;

    /// <param name="count">How many, the calling one with them.</param>
    /// <param name="each">The threads libtorch computes with on each of them, itself with them.</param>
    public ComputeThreads(int count, int each = 1)
    {
        this.each = each;
        errors = new Exception?[count];
        starts = [.. Enumerable.Range(1, count - 1).Select(_ => new SemaphoreSlim(0))];
        threads =
        [
            .. starts.Select(
                (start, i) =>
                    new Thread(() => MainArenaThread.Run(() => Serve(i + 1, start))) { IsBackground = true, Name = "ConvNetShell part" }
            ),
        ];
        set_num_threads(each);
        Array.ForEach(threads, thread => thread.Start());
        AwaitAll();
        SetForNewThreads(threadsBefore);
    }

    /// <summary>Runs each thread's part of a work and waits for all; an exception of one is thrown here.</summary>
    /// <param name="part">The work, by the number of the thread from 0.</param>
    public void Run(Action<int> part)
    {
        work = part;
        Array.ForEach(starts, start => start.Release());
        Try(0, part);
        AwaitAll();
        // parts that had to stop because of another's failure say less than that
        Exception? error =
            Array.Find(errors, caught => caught is not null and not OperationCanceledException)
            ?? Array.Find(errors, caught => caught is not null);
        Array.Clear(errors);
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        work = null;
        Array.ForEach(starts, start => start.Release());
        Array.ForEach(threads, thread => thread.Join());
        Array.ForEach(starts, start => start.Dispose());
        ends.Dispose();
        set_num_threads(threadsBefore);
    }

    /// <summary>
    /// libtorch takes the number that one thread was given for all that are yet to come, those of other trainings too: gives these the
    /// usual one again.
    /// </summary>
    private static void SetForNewThreads(int count)
    {
        var last = new Thread(() => set_num_threads(count));
        last.Start();
        last.Join();
    }

    private void AwaitAll() => Array.ForEach(threads, _ => ends.Wait());

    private bool Serve(int number, SemaphoreSlim start)
    {
        _ = get_num_threads(); // has libtorch set the thread up, which would undo the next line when it first computes
        set_num_threads(each);
        ends.Release();
        while (true)
        {
            start.Wait();
            if (work is not { } part)
            {
                return true;
            }
            Try(number, part);
            ends.Release();
        }
    }

    private void Try(int number, Action<int> part)
    {
        try
        {
            using var scope = NewDisposeScope();
            part(number);
        }
        catch (Exception caught)
        {
            errors[number] = caught;
        }
    }
}
