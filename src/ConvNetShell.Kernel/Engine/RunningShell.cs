using System.Management.Automation;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The pipeline that runs in a session, which another thread may stop.</summary>
internal sealed class RunningShell : IDisposable
{
    private readonly Lock gate = new();
    private PowerShell? running;
    private CancellationTokenSource stop = new();

    /// <summary>Gets a token that is cancelled when the present pipeline is stopped.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Gets a value indicating whether a pipeline runs.</summary>
    public bool IsBusy => running is not null;

    /// <summary>Runs a pipeline to its end.</summary>
    /// <returns>The error that ended it; null for none.</returns>
    public ErrorRecord? Invoke(PowerShell shell)
    {
        lock (gate)
        {
            stop.Dispose();
            stop = new CancellationTokenSource();
            running = shell;
        }

        try
        {
            // The engine keeps $? from one script to the next only for those that go into the history.
            shell.Invoke(null, new PSDataCollection<PSObject>(), new PSInvocationSettings { AddToHistory = true });
            return null;
        }
        catch (RuntimeException error)
        {
            return new ErrorRecord(error.ErrorRecord, error);
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    /// <summary>Runs a pipeline inside the one that runs, which it stops with.</summary>
    /// <returns>The error that ended it; null for none.</returns>
    /// <exception cref="PipelineStoppedException">It was stopped.</exception>
    public static ErrorRecord? InvokeNested(PowerShell shell)
    {
        try
        {
            shell.Invoke();
            return null;
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            return new ErrorRecord(error.ErrorRecord, error);
        }
    }

    /// <summary>Stops the pipeline, if one runs; returns at once.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (running is { } shell)
            {
                stop.Cancel();
                shell.BeginStop(null, null);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();
}
