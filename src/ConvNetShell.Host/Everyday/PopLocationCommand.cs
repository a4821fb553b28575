using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Pop-Location: goes back to where Push-Location was called.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class PopLocationCommand : PSCmdlet
{
    /// <summary>Which stack.</summary>
    [Parameter]
    public string? StackName { get; set; }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathInfo location = SessionState.Path.PopLocation(StackName);
        if (PassThru)
        {
            WriteObject(location);
        }
    }
}
