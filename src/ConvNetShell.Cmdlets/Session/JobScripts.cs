using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The script blocks of a run in the background. They run in a runspace of the job's own, and what they write goes to the job's streams.
/// $using: brings in
/// values of the caller's variables as they were when the job was made, as in ForEach-Object -Parallel.
/// </summary>
internal sealed class JobScripts : IDisposable
{
    private const string Prefix = "__convnet_using_";
    private readonly Dictionary<string, object?> variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? onEpoch,
        stopWhen;
    private readonly Lock gate = new();
    private Runspace? runspace;
    private PowerShell? running;
    private bool isStopped;

    private JobScripts(EpochScripts scripts, SessionState caller)
    {
        onEpoch = Text(scripts.OnEpoch, caller);
        stopWhen = Text(scripts.StopWhen, caller);
    }

    /// <summary>Takes the scripts and the values they use of the caller's variables.</summary>
    /// <param name="scripts">The scripts.</param>
    /// <param name="caller">The caller's session.</param>
    public static JobScripts Prepare(EpochScripts scripts, SessionState caller) => new(scripts, caller);

    /// <summary>Runs the scripts; called on the job's own thread.</summary>
    /// <param name="job">The job whose streams they write to.</param>
    /// <param name="run">The run, $run in them.</param>
    /// <param name="epoch">The epoch, $_ in them.</param>
    public void Run(Job job, TrainingRun run, EpochRecord epoch)
    {
        if (onEpoch is null && stopWhen is null)
        {
            return;
        }
        Open(run);
        foreach (PSObject item in Invoke(onEpoch, job, epoch).Where(item => item is not null))
        {
            // shown when the job is received, not returned
            job.Information.Add(new InformationRecord(item.BaseObject, job.Name) { Tags = { "PSHOST" } });
        }
        if (stopWhen is not null && LanguagePrimitives.IsTrue(Invoke(stopWhen, job, epoch).LastOrDefault()))
        {
            run.Control.Stop();
        }
    }

    /// <summary>Ends a script that is under way; no other begins.</summary>
    public void Stop()
    {
        lock (gate)
        {
            isStopped = true;
            running?.BeginStop(null, null);
        }
    }

    /// <inheritdoc />
    public void Dispose() => runspace?.Dispose();

    private void Open(TrainingRun run)
    {
        if (runspace is not null)
        {
            return;
        }
        runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        foreach ((string name, object? value) in variables)
        {
            runspace.SessionStateProxy.SetVariable(name, value);
        }
        runspace.SessionStateProxy.SetVariable("run", run);
    }

    private List<PSObject> Invoke(string? script, Job job, EpochRecord epoch)
    {
        var output = new List<PSObject>();
        if (script is null)
        {
            return output;
        }
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript($"ForEach-Object -InputObject $args[0] -Process {{{script}\n}}", useLocalScope: false).AddArgument(epoch);
        PSDataStreams streams = shell.Streams;
        (streams.Error, streams.Warning, streams.Verbose, streams.Debug) = (job.Error, job.Warning, job.Verbose, job.Debug);
        (streams.Information, streams.Progress) = (job.Information, job.Progress);
        lock (gate)
        {
            if (isStopped)
            {
                return output;
            }
            running = shell;
        }
        try
        {
            shell.Invoke(null, output);
        }
        catch (PipelineStoppedException) when (isStopped)
        {
            // The job was stopped: the run ends after this batch, as one that was interrupted.
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
        return output;
    }

    /// <summary>Returns the text of a script in which each $using:name is a variable of the job's runspace, and keeps the values.</summary>
    private string? Text(ScriptBlock? script, SessionState caller)
    {
        if (script is null)
        {
            return null;
        }
        string text = script.ToString();
        Ast ast = Parser.ParseInput(text, out _, out _);
        var changed = new StringBuilder(text);
        PSVariableIntrinsics known = (script.Module?.SessionState ?? caller).PSVariable;
        foreach (
            UsingExpressionAst use in ast.FindAll(node => node is UsingExpressionAst, searchNestedScriptBlocks: true)
                .Cast<UsingExpressionAst>()
                .OrderByDescending(use => use.Extent.StartOffset)
        )
        {
            string name = UsingExpressionAst.ExtractUsingVariable(use).VariablePath.UserPath;
            variables[Prefix + name] = known.GetValue(name);
            // $using:list[0]
            string rest = use.SubExpression.Extent.Text[UsingExpressionAst.ExtractUsingVariable(use).Extent.Text.Length..];
            changed
                .Remove(use.Extent.StartOffset, use.Extent.EndOffset - use.Extent.StartOffset)
                .Insert(use.Extent.StartOffset, $"${{{Prefix}{name}}}{rest}");
        }
        return changed.ToString();
    }
}
