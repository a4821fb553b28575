using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Copy-Item: copies items to a place. The provider asks ShouldProcess.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class CopyItemCommand : PathCommandBase
{
    /// <summary>Where to.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    /// <summary>Copies what is inside folders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Replaces read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the copies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        var copies = InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(copies, enumerateCollection: true);
        }
    }
}
