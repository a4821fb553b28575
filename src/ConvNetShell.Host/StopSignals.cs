using System.Runtime.InteropServices;

namespace ConvNetShell.Host;

/// <summary>
/// Ctrl+C stops what runs and leaves a prompt alone; SIGTERM stops what runs and ends the program. What cannot be stopped does not hold either up: a second
/// signal of the same kind ends the program at once, and SIGTERM ends it after 20 s in any case, before those who send it lose patience (Slurm after 30 s).
/// A second one within a second is the same one: <c>timeout</c> and others signal the program and then its whole group.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int SameSignal = 1000; // ms
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly EngineSession _session;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private long _interruptedAt, _terminatedAt;

    public StopSignals(EngineSession session)
    {
        _session = session;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        if (IsFirst(context, ref _interruptedAt))
        {
            _session.Stop();
            _interruptedAt = 0;
        }
    }

    private void Terminate(PosixSignalContext context)
    {
        if (IsFirst(context, ref _terminatedAt))
        {
            Task.Run(_session.Stop).Wait(Patience);
            Environment.Exit(EngineSession.StoppedExitCode);
        }
    }

    /// <summary>Returns whether no signal of this kind is being served. One that comes meanwhile is not cancelled and so ends the process.</summary>
    private static bool IsFirst(PosixSignalContext context, ref long at)
    {
        long now = Environment.TickCount64, first = Interlocked.CompareExchange(ref at, now, 0);
        context.Cancel = first == 0 || now - first < SameSignal;
        return first == 0;
    }
}
