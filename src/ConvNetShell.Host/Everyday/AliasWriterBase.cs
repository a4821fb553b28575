using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Names a command a second time.</summary>
public abstract class AliasWriterBase : PSCmdlet
{
    /// <summary>The new name.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>The command.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; } = string.Empty;

    /// <summary>Replaces a name that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the alias.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>True when a name that is there is no error.</summary>
    protected abstract bool MayReplace { get; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        string path = WildcardPattern.Escape($"Alias:{Name}");
        if (!MayReplace && InvokeProvider.Item.Exists(path))
        {
            WriteError(new ErrorRecord(
                new SessionStateException($"The alias is not allowed, because an alias with the name '{Name}' already exists."),
                "AliasAlreadyExists", ErrorCategory.ResourceExists, Name));
        }
        else if (ShouldProcess($"Name: {Name} Value: {Value}", "Set alias"))
        {
            var made = InvokeProvider.Item.Set([$"Alias:{Name}"], Value, Force, literalPath: true);
            if (PassThru)
            {
                WriteObject(made, enumerateCollection: true);
            }
        }
    }
}
