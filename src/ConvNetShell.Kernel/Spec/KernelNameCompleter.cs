using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConvNetShell.Kernel.Spec;

/// <summary>Completes the names of installed Jupyter kernels, the user's and the system's.</summary>
public sealed class KernelNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        KernelFolders
            .Installed()
            .Where(name => name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, $"Jupyter kernel {name}"));
}
