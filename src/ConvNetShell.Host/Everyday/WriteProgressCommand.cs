using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Write-Progress: shows how far something is.</summary>
[Cmdlet(VerbsCommunications.Write, "Progress")]
public sealed class WriteProgressCommand : PSCmdlet
{
    /// <summary>What is going on.</summary>
    [Parameter(Position = 0)]
    public string Activity { get; set; } = "Processing";

    /// <summary>Where it is now.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Status { get; set; } = "Processing";

    /// <summary>Tells activities apart.</summary>
    [Parameter(Position = 2)]
    [ValidateRange(0, int.MaxValue)]
    public int Id { get; set; }

    /// <summary>Per cent done; -1 when unknown.</summary>
    [Parameter]
    [ValidateRange(-1, 100)]
    public int PercentComplete { get; set; } = -1;

    /// <summary>Seconds left; -1 when unknown.</summary>
    [Parameter]
    public int SecondsRemaining { get; set; } = -1;

    /// <summary>The step at hand.</summary>
    [Parameter]
    public string CurrentOperation { get; set; } = string.Empty;

    /// <summary>The activity this is a part of.</summary>
    [Parameter]
    [ValidateRange(-1, int.MaxValue)]
    public int ParentId { get; set; } = -1;

    /// <summary>Who reports; calls with the same one and the same -Id update one line.</summary>
    [Parameter]
    public int SourceId { get; set; }

    /// <summary>Ends the activity.</summary>
    [Parameter]
    public SwitchParameter Completed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => CommandRuntime.WriteProgress(SourceId, new ProgressRecord(Id, Activity, Status)
    {
        ParentActivityId = ParentId,
        PercentComplete = PercentComplete,
        SecondsRemaining = SecondsRemaining,
        CurrentOperation = CurrentOperation,
        RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });
}
