using Microsoft.PowerShell.Commands.Internal.Format;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Format-Table: the engine's own table formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the command.</summary>
    public FormatTableCommand() => EngineInternals.UseShape(this, "Table");
}
