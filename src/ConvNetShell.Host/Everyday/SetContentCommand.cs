using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Set-Content: replaces what items hold.</summary>
[Cmdlet(VerbsCommon.Set, "Content", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Path")]
public sealed class SetContentCommand : ContentWriterBase
{
    /// <inheritdoc/>
    protected override bool Appends => false;
}
