using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>-Scope, and reaching variables by name in it.</summary>
public abstract class VariableCommandBase : PSCmdlet
{
    /// <summary>Which scope; the nearest that has the variable when left out.</summary>
    [Parameter]
    [ValidateSet("Global", "Local", "Script", "0", ErrorMessage = "-Scope must be Global, Local, Script or 0. Received: {0}.")]
    public string? Scope { get; set; }

    /// <summary>The name with its scope before it.</summary>
    /// <param name="name">A variable's name.</param>
    /// <returns>What the engine's variable functions take.</returns>
    protected string Qualify(string name) => Scope switch
    {
        null => name,
        "0" => "local:" + name,
        _ => $"{Scope}:{name}",
    };

    /// <summary>Finds variables.</summary>
    /// <param name="pattern">A name or a wildcard.</param>
    /// <returns>Those that match.</returns>
    protected IEnumerable<PSVariable> Find(string pattern)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            return SessionState.PSVariable.Get(Qualify(pattern)) is { } variable ? [variable] : [];
        }

        return InvokeProvider.ChildItem.Get("Variable:" + pattern, recurse: false)
            .Select(item => item.BaseObject).OfType<PSVariable>().OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Writes that a variable is not there.</summary>
    /// <param name="name">Its name.</param>
    protected void WriteNotFound(string name) => WriteError(new ErrorRecord(
        new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
}
