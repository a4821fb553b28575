using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Extensions;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>
/// Base of all cmdlets: Ctrl+C cancels a token, and Core's errors become error records. A bad item of the pipeline is
/// an error and the next one goes on; what fails before the first or after the last item ends the pipeline.
/// </summary>
public abstract class ConvNetCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>Gets the token that Ctrl+C cancels.</summary>
    protected CancellationToken Stop => stop.Token;

    /// <summary>Gets what an error is about.</summary>
    protected virtual object? Target => null;

    /// <inheritdoc />
    public void Dispose()
    {
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected sealed override void BeginProcessing() => Guard(Begin, ThrowTerminatingError);

    /// <inheritdoc />
    protected sealed override void ProcessRecord() => Guard(Process, WriteError);

    /// <inheritdoc />
    protected sealed override void EndProcessing() => Guard(Finish, ThrowTerminatingError);

    /// <inheritdoc />
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Called before the first item.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Called for each item.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Called after the last item.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Runs work on another thread; what it posts to the queue is done here, on the pipeline's thread.</summary>
    /// <typeparam name="T">What the work returns.</typeparam>
    /// <param name="work">The work; it gets the queue to post to.</param>
    /// <returns>What the work returns.</returns>
    private protected T RunBeside<T>(Func<CallerQueue, T> work)
    {
        using var queue = new CallerQueue();
        return queue.Run(() => work(queue), stop.Cancel);
    }

    /// <summary>Turns a path of the user's, relative to the session's location, into a full path of the file system.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The full path; it need not exist.</returns>
    protected string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Returns the files a path of the user's means, wildcards and all; one that is not there is an error and gives none.</summary>
    /// <param name="path">The path.</param>
    private protected IReadOnlyList<string> Files(string path)
    {
        try
        {
            return GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException error)
        {
            WriteError(new ErrorRecord(error, "File.NotFound", ErrorCategory.ObjectNotFound, path));
            return [];
        }
    }

    /// <summary>Does one of several things; if it fails, that is an error, and the next can go on.</summary>
    /// <param name="action">What is done.</param>
    /// <param name="target">What it is done to.</param>
    private protected void Attempt(Action action, object target)
    {
        try
        {
            action();
        }
        catch (ConvNetException error)
        {
            WriteError(error.ToErrorRecord(target));
        }
    }

    private void Guard(Action action, Action<ErrorRecord> report)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The user stopped the pipeline; PowerShell knows.
        }
        catch (ConvNetException error)
        {
            report(error.ToErrorRecord(Target));
        }
        catch (ExternalException error)
        {
            report(error.ToTorchErrorRecord(Target));
        }
    }
}
