using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>New-Item: makes a file, a folder or another provider's item. The provider asks ShouldProcess.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "pathSet")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class NewItemCommand : PSCmdlet
{
    /// <summary>Where.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "pathSet", ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    /// <summary>The name, inside each path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>What: File, Directory, SymbolicLink, HardLink; a file when left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    [ArgumentCompletions("File", "Directory", "SymbolicLink", "HardLink")]
    public string? ItemType { get; set; }

    /// <summary>The content, or a link's target.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    /// <summary>Replaces a file; makes missing folders on the way.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            // Only a path with a name beside it is searched for wildcards; characters of a new thing's own name are just characters.
            string literal = Name is null ? path : WildcardPattern.Escape(path);
            WriteObject(InvokeProvider.Item.New([literal], Name, ItemType, Value, Force), enumerateCollection: true);
        }
    }
}
