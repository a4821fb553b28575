using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Text;

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

    /// <summary>Gets the target of an error.</summary>
    protected virtual object? Target => null;

    /// <summary>Gets the warning about an untrained network.</summary>
    private protected virtual UntrainedWarning Untrained => UntrainedWarning.None;

    /// <inheritdoc />
    public void Dispose()
    {
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected sealed override void BeginProcessing()
    {
        ReadOnlyTypes.Install(SessionState);
        Guard(Begin, ThrowTerminatingError);
    }

    /// <inheritdoc />
    protected sealed override void ProcessRecord() =>
        Guard(
            () =>
            {
                if (this is INetworkAndDataset words)
                {
                    NetworkWord.Settle(words);
                }
                UntrainedNetworks.Check(this, Untrained);
                Process();
            },
            WriteError
        );

    /// <inheritdoc />
    protected sealed override void EndProcessing() => Guard(Finish, ThrowTerminatingError);

    /// <inheritdoc />
    protected sealed override void StopProcessing() => stop.Cancel();

    /// <summary>Warns; control characters, as names of files and classes may have, are shown.</summary>
    /// <param name="text">The warning.</param>
    public new void WriteWarning(string text) => base.WriteWarning(VisibleText.OfLines(text));

    /// <summary>Called before the first item.</summary>
    protected virtual void Begin() { }

    /// <summary>Called for each item.</summary>
    protected virtual void Process() { }

    /// <summary>Called after the last item.</summary>
    protected virtual void Finish() { }

    /// <summary>Runs work on another thread; actions it queues run here, on the pipeline's thread.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work; it gets the queue to post to.</param>
    /// <returns>The work's result.</returns>
    private protected T RunBeside<T>(Func<PipelineQueue, T> work)
    {
        using var queue = new PipelineQueue();
        return queue.Run(() => work(queue), stop.Cancel);
    }

    /// <summary>Turns a path of the user's, relative to the session's location, into a full path of the file system.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The full path; it need not exist.</returns>
    protected string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>
    /// Returns the files a path of the user's means. What exists under that very name is it; else it may have wildcards. One that matches
    /// nothing is an error and gives none.
    /// </summary>
    /// <param name="path">The path.</param>
    private protected IReadOnlyList<string> Files(FilePath path)
    {
        try
        {
            string literal = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path.Path, out ProviderInfo provider, out _);
            if (provider.Name == "FileSystem" && Path.Exists(literal))
            {
                return [literal];
            }
            IReadOnlyList<string> found =
                path.IsLiteral || provider.Name != "FileSystem" ? [] : GetResolvedProviderPathFromPSPath(path.Path, out _);
            if (found.Count > 0)
            {
                return found;
            }
            string expected =
                path.IsLiteral || !WildcardPattern.ContainsWildcardCharacters(path.Path)
                    ? "an existing file"
                    : "a pattern that matches at least one file";
            throw new ItemNotFoundException($"The path must be {expected}. Received: '{path.Path}'.");
        }
        catch (SessionStateException error)
        {
            WriteError(new ErrorRecord(error, "File.NotFound", ErrorCategory.ObjectNotFound, path.Path).WithAdvice());
            return [];
        }
    }

    /// <summary>Returns the files a path of the user's means, wildcards and all; see <see cref="Files(FilePath)"/>.</summary>
    /// <param name="path">The path.</param>
    private protected IReadOnlyList<string> Files(string path) => Files(new FilePath(path, IsLiteral: false));

    /// <summary>Runs one of several actions; a failure is an error, and the next one still runs.</summary>
    /// <param name="action">The action.</param>
    /// <param name="target">Its object.</param>
    private protected void Attempt(Action action, object target)
    {
        try
        {
            action();
        }
        catch (ConvNetException error)
        {
            WriteError(error.ToErrorRecord(target, MyInvocation.MyCommand));
        }
        catch (ExternalException error)
        {
            WriteError(error.ToTorchErrorRecord(target));
        }
    }

    /// <summary>Does something with each network of a list; one that fails is an error, and the next goes on.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="use">The action for one.</param>
    private protected void EachNetwork(NetworkSource[] networks, Action<NetworkSource> use)
    {
        foreach (NetworkSource network in networks)
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(() => use(network), network.Target);
        }
    }

    /// <summary>Returns the names of the layers that names and wildcard patterns mean; a name that no layer has is an error.</summary>
    /// <param name="network">The network.</param>
    /// <param name="wanted">Names and wildcard patterns.</param>
    /// <param name="isFit">Which layers a pattern means; <see langword="null"/> for all. A layer that is named in full need not be one of
    /// them.</param>
    private protected IReadOnlyList<string> LayersOf(Network network, IEnumerable<string> wanted, Func<NetworkLayer, bool>? isFit = null) =>
        LayersOf(network.Plan, wanted, isFit);

    /// <inheritdoc cref="LayersOf(Network, IEnumerable{string}, Func{NetworkLayer, bool})" />
    private protected IReadOnlyList<string> LayersOf(NetworkPlan plan, IEnumerable<string> wanted, Func<NetworkLayer, bool>? isFit = null)
    {
        IReadOnlyList<NetworkLayer> all = plan.AllLayers;
        IReadOnlyList<string> Named(string name) =>
            WildcardPattern.ContainsWildcardCharacters(name)
                ?
                [
                    .. NamedItems
                        .Select([.. all.Where(layer => isFit?.Invoke(layer) ?? true)], layer => layer.Name, [name], _ => { })
                        .Select(layer => layer.Name),
                ]
                : [plan.Find(name).Name];
        var names = new List<string>();
        foreach (string name in wanted)
        {
            Attempt(() => names.AddRange(Named(name).Except(names)), name);
        }
        return names;
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
            report(error.ToErrorRecord(Target, MyInvocation.MyCommand));
        }
        catch (ExternalException error)
        {
            report(error.ToTorchErrorRecord(Target));
        }
    }
}
