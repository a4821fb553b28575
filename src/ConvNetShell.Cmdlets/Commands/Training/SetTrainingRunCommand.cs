using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>Writes a note or tags to a kept run, also while it is trained.</summary>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs CIFAR10-3 | Set-TrainingRun -Note 'the one of the report' -Tag final,
/// cifar</code>
/// The run with its new note and tags.
/// </example>
/// <example>
/// <code>Get-TrainingRun -RunPath ./runs | Where-Object Tag -contains old | Set-TrainingRun -Tag archived</code>
/// New tags replace the old ones.
/// </example>
[Cmdlet(VerbsCommon.Set, "TrainingRun", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Set-TrainingRun")]
[OutputType(typeof(StoredRun))]
public sealed class SetTrainingRunCommand : ConvNetCommand
{
    /// <summary>Gets or sets the run, of Get-TrainingRun -RunPath.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public StoredRun Run { get; set; } = null!;

    /// <summary>Gets or sets the note; an empty text removes it. Default: as it was.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Note { get; set; }

    /// <summary>Gets or sets all tags of the run; an empty list removes them. Default: as they were.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Tag { get; set; }

    /// <summary>Gets or sets a value indicating whether the changed run is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override object? Target => Run;

    /// <inheritdoc />
    protected override void Process()
    {
        if (ShouldProcess(Run.Folder, "Write note and tags"))
        {
            StoredRun changed = RunStore.Annotate(Run, Note, Tag);
            if (PassThru)
            {
                WriteObject(changed);
            }
        }
    }
}
