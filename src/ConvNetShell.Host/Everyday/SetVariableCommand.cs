using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Set-Variable: sets variables, making those that are not there.</summary>
[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
[OutputType(typeof(PSVariable))]
public sealed class SetVariableCommand : VariableCommandBase
{
    private readonly List<object?> _values = [];

    /// <summary>Their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The value; several that come through the pipeline become a list.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <summary>Whether the variable may be changed.</summary>
    [Parameter]
    public ScopedItemOptions? Option { get; set; }

    /// <summary>A word about it.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Changes a read-only variable too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the variables.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _values.Add(Value);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        object? value = _values is [var only] ? only : _values.ToArray();
        foreach (string name in Name)
        {
            if (ShouldProcess("Name: " + name, "Set variable"))
            {
                Set(Qualify(name), value);
            }
        }
    }

    private void Set(string name, object? value)
    {
        PSVariable? variable = SessionState.PSVariable.Get(name);
        if (Force && variable is not null)
        {
            variable.Options &= ~ScopedItemOptions.ReadOnly;
        }

        SessionState.PSVariable.Set(name, value);
        variable = SessionState.PSVariable.Get(name);
        variable.Description = Description ?? variable.Description;
        variable.Options = Option ?? variable.Options;
        if (PassThru)
        {
            WriteObject(variable);
        }
    }
}
