using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Runs work on a thread whose memory comes from glibc's main arena. Every other arena is made of heaps of 64 MB that are
/// unmapped as soon as they are empty: a training step of 256 images on such a thread spends most of its time on page faults.
/// Which arena a thread gets is glibc's choice, made when the thread first allocates; one after the other is tried.
/// </summary>
internal static unsafe partial class MainArenaThread
{
    private const int MostTries = 64,
        StackSize = 16 * 1024 * 1024;
    private const nuint Probe = 100_000; // larger than a thread's own cache, so the block comes from its arena
    private const nuint NotMainArena = 4; // a bit of the size that stands before each block

    /// <summary>Runs work and returns its result or throws its exception; blocks the calling thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work.</param>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? error = null;
        StartAndWait(GlibcAllocator.IsTuned ? MostTries : 0);
        error?.Throw();
        return result;

        // A thread that got another arena stays until the work is done: the next one then gets the next arena.
        void StartAndWait(int triesLeft)
        {
            var thread = new Thread(() => Try(triesLeft), StackSize) { IsBackground = true, Name = "ConvNetShell training" };
            thread.Start();
            thread.Join();
        }

        void Try(int triesLeft)
        {
            if (triesLeft > 0 && !IsOnMainArena())
            {
                StartAndWait(triesLeft - 1);
                return;
            }
            try
            {
                result = work();
            }
            catch (Exception caught)
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }
        }
    }

    /// <summary>Returns whether the calling thread's memory comes from the main arena.</summary>
    internal static bool IsOnMainArena()
    {
        byte* block = (byte*)Allocate(Probe);
        bool main = (*(nuint*)(block - sizeof(nuint)) & NotMainArena) == 0;
        Free((nint)block);
        return main;
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc")]
    private static partial nint Allocate(nuint size);

    [LibraryImport("libc.so.6", EntryPoint = "free")]
    private static partial void Free(nint block);
}
