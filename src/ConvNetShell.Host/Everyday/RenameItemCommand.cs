using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Rename-Item: gives an item a new name. The provider asks ShouldProcess.</summary>
[Cmdlet(VerbsCommon.Rename, "Item", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PSCmdlet
{
    /// <summary>The item.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "LP")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The name.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string NewName { get; set; } = string.Empty;

    /// <summary>Renames hidden and read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the renamed item.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var renamed = InvokeProvider.Item.Rename(Path, NewName, Force);
        if (PassThru)
        {
            WriteObject(renamed);
        }
    }
}
