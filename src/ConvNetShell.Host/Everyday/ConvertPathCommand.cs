using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Convert-Path: PowerShell paths as the paths programs know.</summary>
[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = PathSet)]
[OutputType(typeof(string))]
public sealed class ConvertPathCommand : PathCommandBase
{
    /// <inheritdoc/>
    protected override void ProcessPath(string path) => WriteObject(Resolve(path, out _), enumerateCollection: true);
}
