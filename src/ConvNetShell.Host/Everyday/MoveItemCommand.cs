using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Move-Item: moves items to a place. The provider asks ShouldProcess.</summary>
[Cmdlet(VerbsCommon.Move, "Item", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class MoveItemCommand : PathCommandBase
{
    /// <summary>Where to.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    /// <summary>Replaces what is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the moved items.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        var moved = InvokeProvider.Item.Move([path], Destination, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(moved, enumerateCollection: true);
        }
    }
}
