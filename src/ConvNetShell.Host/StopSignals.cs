using System.Runtime.InteropServices;

namespace ConvNetShell.Host;

/// <summary>
/// Ctrl+C stops what runs and leaves a prompt alone; SIGTERM stops what runs and ends the program. What cannot be stopped does not hold either up: a second
/// signal of the same kind ends the program at once, and SIGTERM ends it after 20 s in any case, before those who send it lose patience (Slurm after 30 s).
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly EngineSession _session;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _interrupting, _terminating;

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
        context.Cancel = IsFirst(ref _interrupting);
        if (context.Cancel)
        {
            _session.Stop();
            _interrupting = 0;
        }
    }

    private void Terminate(PosixSignalContext context)
    {
        context.Cancel = IsFirst(ref _terminating);
        if (context.Cancel)
        {
            Task.Run(_session.Stop).Wait(Patience);
            Environment.Exit(EngineSession.StoppedExitCode);
        }
    }

    /// <summary>Returns whether no signal of this kind is being served. One that comes meanwhile is not cancelled and so ends the process.</summary>
    private static bool IsFirst(ref int serving) => Interlocked.Exchange(ref serving, 1) == 0;
}
