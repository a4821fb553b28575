using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Returns the training runs of this session, also those that were stopped or failed.</summary>
/// <example><code>$run = Get-TrainingRun -Last</code></example>
[Cmdlet(VerbsCommon.Get, "TrainingRun")]
[OutputType(typeof(TrainingRun))]
public sealed class GetTrainingRunCommand : ConvNetCommand
{
    /// <summary>Gets or sets a value indicating whether only the latest run is returned.</summary>
    [Parameter]
    public SwitchParameter Last { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        IReadOnlyList<TrainingRun> runs = ConvNetSession.Current.Runs;
        WriteObject(Last ? runs.TakeLast(1) : runs, enumerateCollection: true);
    }
}
