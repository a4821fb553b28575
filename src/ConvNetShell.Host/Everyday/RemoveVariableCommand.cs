using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Remove-Variable: takes variables away.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : VariableCommandBase
{
    /// <summary>Their names.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>Takes read-only ones away too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            PSVariable[] found = [.. Find(name)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteNotFound(name);
            }

            foreach (PSVariable variable in found.Where(variable => ShouldProcess("Name: " + variable.Name, "Remove variable")))
            {
                variable.Options = Force ? variable.Options & ~ScopedItemOptions.ReadOnly : variable.Options;
                SessionState.PSVariable.Remove(Qualify(variable.Name));
            }
        }
    }
}
