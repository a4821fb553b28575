using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Base of the completers that offer names. A line that cannot be understood gives no names, never an error.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    private static readonly char[] Special = [' ', '\'', '"', '(', ')', ',', ';', '|', '&', '@', '$', '{', '}', '/'];

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        try
        {
            return [.. Complete(parameterName, wordToComplete, new CommandLine(commandAst, fakeBoundParameters))];
        }
        catch (Exception error) when (error is RuntimeException or InvalidOperationException or ArgumentException or ConvNetException)
        {
            return []; // the line is not finished and may contain any error
        }
    }

    /// <summary>Returns the completions of a word.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="word">The typed part of the word, with its quotes.</param>
    /// <param name="line">The parsed line.</param>
    private protected virtual IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line) =>
        Match(Names(line), word);

    /// <summary>Returns the names, each with a line that explains it.</summary>
    /// <param name="line">The parsed line.</param>
    private protected abstract IEnumerable<(string Name, string Tip)> Names(CommandLine line);

    /// <summary>Returns the completions of those names that begin with a word.</summary>
    /// <param name="names">The names, each with its tooltip.</param>
    /// <param name="word">The typed part of the word, with its quotes.</param>
    private protected static IEnumerable<CompletionResult> Match(IEnumerable<(string Name, string Tip)> names, string word)
    {
        string begin = word.Trim('\'', '"');
        return names
            .Where(entry => entry.Name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            .Select(entry => new CompletionResult(
                entry.Name.IndexOfAny(Special) >= 0 ? $"'{entry.Name.Replace("'", "''", StringComparison.Ordinal)}'" : entry.Name,
                entry.Name,
                CompletionResultType.ParameterValue,
                entry.Tip.Length > 0 ? entry.Tip : entry.Name
            ));
    }
}
