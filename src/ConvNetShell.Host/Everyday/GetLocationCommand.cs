using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Location: where the session is.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo), typeof(PathInfoStack))]
public sealed class GetLocationCommand : PSCmdlet
{
    /// <summary>Writes the places that Push-Location remembers.</summary>
    [Parameter]
    public SwitchParameter Stack { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(Stack ? SessionState.Path.LocationStack(null) : SessionState.Path.CurrentLocation);
}
