using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>New-Alias: another name for a command.</summary>
[Cmdlet(VerbsCommon.New, "Alias", SupportsShouldProcess = true)]
[OutputType(typeof(AliasInfo))]
public sealed class NewAliasCommand : AliasWriterBase
{
    /// <inheritdoc/>
    protected override bool MayReplace => Force;
}
