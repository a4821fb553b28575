using System.Management.Automation;

namespace ConvNetShell.Host.Hosting;

/// <summary>The script a session is running, if any: started on one thread, stopped from another.</summary>
internal sealed class RunningScript : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private PowerShell? _running;
    private bool _stopRequested;

    /// <summary>True when the last script was ended by <see cref="Stop"/>.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Runs a script on this thread.</summary>
    public void Invoke(PowerShell shell, PSDataCollection<PSObject> output, PSInvocationSettings settings)
    {
        lock (_gate)
        {
            _running = shell;
            _stopRequested = false;
            WasStopped = false;
            _idle.Reset();
        }

        try
        {
            shell.Invoke(null, output, settings);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
                WasStopped = _stopRequested;
                _idle.Set();
            }
        }
    }

    /// <summary>Stops the script, if one is running, and waits until it has stopped.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopRequested = true;
            // Not PowerShell.Stop: it may look at its own state after the script has ended and been disposed of.
            _running?.BeginStop(null, null);
        }

        _idle.Wait();
    }

    /// <inheritdoc/>
    public void Dispose() => _idle.Dispose();
}
