using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Removes runs from the session and frees the weights of their networks immediately. If a variable still holds the run, its history,
/// settings and best epoch stay readable, but its network can no longer compute. Files of -CheckpointPath stay.
/// </summary>
/// <example><code>Get-TrainingRun | Where-Object Status -eq Failed | Remove-TrainingRun</code></example>
/// <example><code>Remove-TrainingRun 3, MLP-*</code></example>
/// <example><code>Remove-TrainingRun -All</code></example>
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

    /// <inheritdoc />
    protected override void Process()
    {
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        IEnumerable<TrainingRun> wanted =
            All ? runs.Where(run => run.Status != RunStatus.Running)
            : Last ? runs.TakeLast(1)
            : Run.SelectMany(given => RunNames.Find(given, WriteError));
        foreach (TrainingRun run in wanted.ToArray())
        {
            Remove(run);
        }
    }

    private void Remove(TrainingRun run)
    {
        if (run.Status == RunStatus.Running)
        {
            var error = new InvalidOperationException(
                $"expected a run that has ended. Received: {run.Name}, which is still running. $run.Control.Stop() or Stop-Job ends it."
            );
            WriteError(new ErrorRecord(error, "Run.UnderWay", ErrorCategory.ResourceBusy, run));
            return;
        }
        if (ShouldProcess($"{run.Id} {run}", "Remove run and free its weights"))
        {
            ConvNetSession.Current.Remove(run);
        }
    }
}
