using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Add-Content: writes after what items hold.</summary>
[Cmdlet(VerbsCommon.Add, "Content", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Path")]
public sealed class AddContentCommand : ContentWriterBase
{
    /// <inheritdoc/>
    protected override bool Appends => true;
}
