using Microsoft.PowerShell.Commands.Internal.Format;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Format-List: the engine's own list formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Makes the command.</summary>
    public FormatListCommand() => EngineInternals.UseShape(this, "List");
}
