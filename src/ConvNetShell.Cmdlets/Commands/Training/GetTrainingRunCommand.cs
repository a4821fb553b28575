using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Returns the training runs of this session, also those that were stopped or failed; with -RunPath the runs that are kept in a folder. A
/// kept run whose process ended without a word is Interrupted. It can be used wherever a run can.
/// </summary>
/// <example>
/// <code>$run = Get-TrainingRun -Last</code>
/// The run that ended last, also after Ctrl+C.
/// </example>
/// <example>
/// <code>Get-TrainingRun 3</code>
/// A run of this session by its number.
/// </example>
/// <example>
/// <code>Get-TrainingRun CIFAR10* | Sort-Object { $_.Best.ValidationAccuracy } -Descending |
///     Select-Object -First 1</code>
/// The best of the runs whose name begins with CIFAR10.
/// </example>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs -Status Completed | Sort-Object BestAccuracy | Format-Table</code>
/// Runs that were kept on disk, as a table.
/// </example>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs -Status Interrupted | Resume-Training</code>
/// Continues all runs that a crash or a shutdown ended.
/// </example>
[Cmdlet(VerbsCommon.Get, "TrainingRun", DefaultParameterSetName = RunSet, HelpUri = ProjectLinks.Help + "Get-TrainingRun")]
[OutputType(typeof(TrainingRun), typeof(StoredRun))]
public sealed class GetTrainingRunCommand : ConvNetCommand
{
    private const string RunSet = "Run",
        LastSet = "Last";

    /// <summary>
    /// Gets or sets the numbers or names of runs, of kept ones also the identifiers; wildcards are allowed in both. Default: all runs.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = RunSet)]
    [Alias("Id", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] Run { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether only the latest run is returned.</summary>
    [Parameter(ParameterSetName = LastSet)]
    public SwitchParameter Last { get; set; }

    /// <summary>Gets or sets the folder of kept runs, as given to Start-Training -RunPath. Default: the runs of this session.</summary>
    [Parameter]
    public string? RunPath { get; set; }

    /// <summary>Gets or sets the status of the runs to return. Default: any.</summary>
    [Parameter]
    public RunStatus[] Status { get; set; } = [];

    /// <summary>Gets or sets the tags of the kept runs to return, with or without wildcards; one of them is enough. Default: any.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc />
    protected override void Finish()
    {
        if (RunPath is not null)
        {
            IEnumerable<StoredRun> kept = KeptRuns
                .Find(RunStore.Read(FullPath(RunPath), WriteWarning), Run, WriteError)
                .Where(run => IsWanted(run.Status) && KeptRuns.HasTag(run, Tag));
            WriteObject(Last ? kept.TakeLast(1) : kept, enumerateCollection: true);
            return;
        }
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        IEnumerable<TrainingRun> wanted = Run.Length == 0 ? runs : Run.SelectMany(given => RunNames.Find(given, WriteError));
        wanted = wanted.Where(run => IsWanted(run.Status) && Tag.Length == 0);
        WriteObject(Last ? wanted.TakeLast(1) : wanted, enumerateCollection: true);
    }

    private bool IsWanted(RunStatus status) => Status.Length == 0 || Status.Contains(status);
}
