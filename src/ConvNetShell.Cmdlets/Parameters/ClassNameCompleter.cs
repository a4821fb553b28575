using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes the names of a network's classes, where the network on the line is known.</summary>
public sealed class ClassNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<string> classes = Values.Unwrap(fakeBoundParameters["Network"]) switch
        {
            Network given => given.Classes,
            TrainingRun run => run.Network.Classes,
            _ => [],
        };
        var pattern = new WildcardPattern(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return classes.Where(pattern.IsMatch).Select(name => new CompletionResult(
            name.Contains(' ', StringComparison.Ordinal) ? $"'{name}'" : name, name, CompletionResultType.ParameterValue, name));
    }
}
