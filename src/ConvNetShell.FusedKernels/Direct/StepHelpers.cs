using System.Diagnostics;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// The threads that help with single images. They stay for a moment behind an image: where one had to be woken for each, two threads were
/// no faster than one with ResNet20.
/// </summary>
internal sealed class StepHelpers : IThreadPoolWorkItem
{
    private static readonly TimeSpan Stay = TimeSpan.FromMicroseconds(400);
    private StepTeam? team;
    private int present;

    /// <summary>Computes an image.</summary>
    /// <param name="work">What computes it.</param>
    /// <param name="helpers">How many other threads are asked for help.</param>
    public void Run(StepTeam work, int helpers)
    {
        Volatile.Write(ref team, work);
        for (int i = Volatile.Read(ref present); i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        work.Run();
    }

    /// <summary>Helps with the images of now, and of the moments behind.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Increment(ref present);
        StepTeam? last = null;
        long since = Stopwatch.GetTimestamp();
        var wait = default(ShortWait);
        while (Stopwatch.GetElapsedTime(since) < Stay)
        {
            StepTeam? now = Volatile.Read(ref team);
            if (now == last)
            {
                wait.Once();
                continue;
            }
            now!.Help();
            last = now;
            since = Stopwatch.GetTimestamp();
            wait = default;
        }
        Interlocked.Decrement(ref present);
    }
}
