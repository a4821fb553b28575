using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Remove-Item: deletes items. The provider asks ShouldProcess.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
public sealed class RemoveItemCommand : PathCommandBase
{
    /// <summary>Deletes what is inside folders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Deletes hidden and read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        foreach (PSObject item in InvokeProvider.Item.Get([path], Force, IsLiteral))
        {
            string found = (string)item.Properties["PSPath"].Value;
            Attempt(() => InvokeProvider.Item.Remove([found], Recurse, Force, literalPath: true));
        }
    }
}
