using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Base of the completers that offer a list of names.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = new WildcardPattern(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return Names().Where(entry => pattern.IsMatch(entry.Name))
            .Select(entry => new CompletionResult(entry.Name, entry.Name, CompletionResultType.ParameterValue, entry.Tip));
    }

    /// <summary>Returns the names, each with a line that explains it.</summary>
    /// <returns>The names to offer.</returns>
    protected abstract IEnumerable<(string Name, string Tip)> Names();
}
