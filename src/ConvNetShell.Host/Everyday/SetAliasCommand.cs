using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Set-Alias: another name for a command.</summary>
[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
[OutputType(typeof(AliasInfo))]
public sealed class SetAliasCommand : AliasWriterBase
{
    /// <inheritdoc/>
    protected override bool MayReplace => true;
}
