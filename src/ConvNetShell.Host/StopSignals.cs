using System.Runtime.InteropServices;

namespace ConvNetShell.Host;

/// <summary>Ctrl+C stops what runs and leaves a prompt alone; SIGTERM stops what runs and ends the program.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly EngineSession _session;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _stopping;

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
        // Not cancelled, the signal ends the process at once: the way out when a command does not stop.
        context.Cancel = Interlocked.Exchange(ref _stopping, 1) == 0;
        if (context.Cancel)
        {
            _session.Stop();
            _stopping = 0;
        }
    }

    private void Terminate(PosixSignalContext context)
    {
        context.Cancel = true;
        _session.Stop();
        Environment.Exit(EngineSession.StoppedExitCode);
    }
}
