using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Push-Location: remembers where the session is, and may go somewhere else.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class PushLocationCommand : PSCmdlet
{
    /// <summary>Where to; stays when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string? Path { get; set; }

    /// <summary>Where to, taken as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Which stack to remember it on.</summary>
    [Parameter]
    public string? StackName { get; set; }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        string? target = LiteralPath is null ? Path : WildcardPattern.Escape(LiteralPath);
        PathInfo location = target is null ? SessionState.Path.CurrentLocation : SessionState.Path.SetLocation(target);
        if (PassThru)
        {
            WriteObject(location);
        }
    }
}
