using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ConvNetShell.Testing;

/// <summary>
/// A session of the real PowerShell engine in the test's process. Scripts run on the thread that calls; only <see cref="Stop"/> may be
/// called from another.
/// </summary>
public sealed class EngineSession : IDisposable
{
    private readonly Lock gate = new();
    private readonly Action<ProgressRecord> onProgress;
    private readonly ManualResetEventSlim idle = new(initialState: true);
    private PowerShell? running;

    /// <summary>Starts a session.</summary>
    /// <param name="module">The manifest to import, or <see langword="null"/>.</param>
    /// <param name="workingDirectory">Where the session starts, or <see langword="null"/> for the process's folder.</param>
    /// <param name="onProgress">Receives progress records.</param>
    /// <exception cref="RuntimeException">The module could not be imported.</exception>
    public EngineSession(string? module = null, string? workingDirectory = null, Action<ProgressRecord>? onProgress = null)
    {
        this.onProgress = onProgress ?? (_ => { });
        Runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        Runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        Runspace.Open();
        Invoke("$PSStyle.OutputRendering = 'PlainText'");
        if (workingDirectory is not null)
        {
            Invoke("param($folder) Set-Location -LiteralPath $folder", workingDirectory);
        }
        if (module is not null)
        {
            Invoke("param($path) Import-Module -Name $path -Global -ErrorAction Stop", module);
        }
    }

    /// <summary>Gets the runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>Gets a value indicating whether the last script was ended by <see cref="Stop"/>.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Runs a script and collects its streams; errors do not throw.</summary>
    public EngineResult Collect(string script, params object?[] arguments)
    {
        using PowerShell shell = PowerShell.Create(Runspace);
        shell.AddScript(script, useLocalScope: false);
        Array.ForEach(arguments, argument => shell.AddArgument(argument));
        shell.Streams.Progress.DataAdded += (_, added) => onProgress(shell.Streams.Progress[added.Index]);
        using var output = new PSDataCollection<PSObject>();
        ErrorRecord? fatal = null;
        WasStopped = false;
        SetRunning(shell);
        try
        {
            shell.Invoke(null, output);
        }
        catch (PipelineStoppedException)
        {
            WasStopped = true;
        }
        catch (RuntimeException error)
        {
            fatal = new ErrorRecord(error.ErrorRecord, error);
        }
        finally
        {
            SetRunning(null);
        }
        WasStopped |= shell.InvocationStateInfo.State == PSInvocationState.Stopped;
        return new EngineResult(
            [.. output],
            [.. shell.Streams.Error, .. fatal is null ? [] : new[] { fatal }],
            [.. shell.Streams.Warning.Select(warning => warning.Message)],
            [.. shell.Streams.Information],
            fatal is not null
        );
    }

    /// <summary>Runs a script and returns its objects; the first error of any kind is thrown.</summary>
    /// <exception cref="RuntimeException">The script wrote an error.</exception>
    public IReadOnlyList<PSObject> Invoke(string script, params object?[] arguments)
    {
        EngineResult result = Collect(script, arguments);
        return result.Errors is [var first, ..] ? throw new RuntimeException(first.ToString(), first.Exception, first) : result.Output;
    }

    /// <summary>Stops the running script, if any, and waits until it has stopped.</summary>
    public void Stop()
    {
        lock (gate)
        {
            running?.BeginStop(null, null); // Stop itself may look at the state of a shell that has ended meanwhile
        }
        idle.Wait();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (ReferenceEquals(Runspace.DefaultRunspace, Runspace))
        {
            Runspace.DefaultRunspace = null;
        }
        Runspace.Dispose();
        idle.Dispose();
    }

    private void SetRunning(PowerShell? shell)
    {
        lock (gate)
        {
            running = shell;
            if (shell is null)
            {
                idle.Set();
            }
            else
            {
                idle.Reset();
            }
        }
    }
}
