using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Tee-Object: passes objects on and keeps them in a variable or a file too.</summary>
[Cmdlet("Tee", "Object", DefaultParameterSetName = "File")]
[OutputType(typeof(PSObject))]
public sealed class TeeObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "File")]
    [Alias("Path")]
    public string? FilePath { get; set; }

    /// <summary>Writes after what is in the file.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Append { get; set; }

    /// <summary>The variable's name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Variable")]
    public string? Variable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
            WriteObject(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Variable is not null)
        {
            SessionState.PSVariable.Set(Variable, _items is [var only] ? only : _items.ToArray());
            return;
        }

        ScriptBlock save = ScriptBlock.Create("param($items, $path, $append) $items | Out-File -FilePath $path -Append:$append");
        save.Invoke(_items, FilePath, Append.IsPresent);
    }
}
