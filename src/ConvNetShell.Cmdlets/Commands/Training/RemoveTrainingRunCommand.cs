using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Removes runs from the session and frees the weights of their networks immediately. If a variable still holds the run, its history,
/// settings and best epoch stay readable, but its network can no longer compute. Files of -CheckpointPath and -RunPath stay; with
/// -RunPath, or for a run of Get-TrainingRun -RunPath, the kept run is deleted with all its files.
/// </summary>
/// <example>
/// <code>Get-TrainingRun | Where-Object Status -eq Failed | Remove-TrainingRun</code>
/// Frees the memory of runs that failed.
/// </example>
/// <example>
/// <code>Remove-TrainingRun 3, MLP-*</code>
/// By number and by name.
/// </example>
/// <example>
/// <code>Remove-TrainingRun -All</code>
/// All runs of this session.
/// </example>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs -Status Failed | Remove-TrainingRun</code>
/// Deletes the folders of failed runs, and asks before.
/// </example>
[Cmdlet(
    VerbsCommon.Remove,
    "TrainingRun",
    SupportsShouldProcess = true,
    DefaultParameterSetName = RunSet,
    HelpUri = ProjectLinks.Help + "Remove-TrainingRun"
)]
[OutputType(typeof(void))]
public sealed class RemoveTrainingRunCommand : ConvNetCommand
{
    private const string RunSet = "Run",
        LastSet = "Last",
        AllSet = "All";

    /// <summary>Gets or sets the runs: objects, numbers or names; wildcards are allowed in names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = RunSet)]
    [Alias("Id", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] Run { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether the latest run is removed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    public SwitchParameter Last { get; set; }

    /// <summary>Gets or sets a value indicating whether all runs that have ended are removed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Gets or sets the folder of kept runs to delete from. Default: the runs of this session.</summary>
    [Parameter]
    public string? RunPath { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        if (RunPath is not null)
        {
            Delete(KeptRuns.Find(RunStore.Read(FullPath(RunPath), WriteWarning), All || Last ? [] : Run, WriteError).ToArray());
            return;
        }
        Delete([.. Run.Select(Values.Unwrap).OfType<StoredRun>()]);
        object[] named = [.. Run.Where(given => Values.Unwrap(given) is not StoredRun)];
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        IEnumerable<TrainingRun> wanted =
            All ? runs.Where(run => run.Status != RunStatus.Running)
            : Last ? runs.TakeLast(1)
            : named.SelectMany(given => RunNames.Find(given, WriteError));
        foreach (TrainingRun run in wanted.ToArray())
        {
            Remove(run);
        }
    }

    private void Delete(StoredRun[] runs)
    {
        IEnumerable<StoredRun> wanted =
            All ? runs.Where(run => run.Status != RunStatus.Running)
            : Last ? runs.TakeLast(1)
            : runs;
        foreach (StoredRun run in wanted)
        {
            if (run.Status == RunStatus.Running)
            {
                WriteError(UnderWay(run.Name, run));
            }
            else if (ShouldProcess($"{run.Folder} ({run})", "Delete kept run with its files"))
            {
                Attempt(() => RunStore.Delete(run), run);
            }
        }
    }

    private static ErrorRecord UnderWay(string name, object run) =>
        new ErrorRecord(
            new InvalidOperationException(
                $"expected a run that has ended. Received: {name}, which is still running. $run.Control.Stop() or Stop-Job ends it."
            ),
            "Run.UnderWay",
            ErrorCategory.ResourceBusy,
            run
        ).WithAdvice();

    private void Remove(TrainingRun run)
    {
        if (run.Status == RunStatus.Running)
        {
            WriteError(UnderWay(run.Name, run));
            return;
        }
        if (ShouldProcess($"{run.Id} {run}", "Remove run and free its weights"))
        {
            ConvNetSession.Current.Remove(run);
        }
    }
}
