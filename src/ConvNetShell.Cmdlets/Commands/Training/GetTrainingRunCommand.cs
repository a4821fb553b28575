using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>Returns the training runs of this session, also those that were stopped or failed.</summary>
/// <example><code>$run = Get-TrainingRun -Last</code></example>
/// <example><code>Get-TrainingRun 3</code></example>
/// <example><code>Get-TrainingRun CIFAR10* | Sort-Object { $_.Best.ValidationAccuracy } -Descending |
///     Select-Object -First 1</code></example>
[Cmdlet(VerbsCommon.Get, "TrainingRun", DefaultParameterSetName = RunSet, HelpUri = ProjectLinks.Help + "Get-TrainingRun")]
[OutputType(typeof(TrainingRun))]
public sealed class GetTrainingRunCommand : ConvNetCommand
{
    private const string RunSet = "Run",
        LastSet = "Last";

    /// <summary>Gets or sets the numbers or names of runs; wildcards are allowed in names. Default: all runs.</summary>
    [Parameter(Position = 0, ParameterSetName = RunSet)]
    [Alias("Id", "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] Run { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether only the latest run is returned.</summary>
    [Parameter(ParameterSetName = LastSet)]
    public SwitchParameter Last { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        if (Run.Length == 0)
        {
            WriteObject(Last ? runs.TakeLast(1) : runs, enumerateCollection: true);
            return;
        }
        foreach (object wanted in Run)
        {
            WriteObject(RunNames.Find(wanted, WriteError), enumerateCollection: true);
        }
    }
}
