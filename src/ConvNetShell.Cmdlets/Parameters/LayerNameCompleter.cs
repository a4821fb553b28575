using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes the names of a network's layers, where the network on the line is known.</summary>
public sealed class LayerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Network? network = Values.Unwrap(fakeBoundParameters["Network"]) switch
        {
            Network given => given,
            TrainingRun run => run.Network,
            _ => null,
        };
        var pattern = new WildcardPattern(wordToComplete.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return (network?.Plan.AllLayers ?? []).Where(layer => pattern.IsMatch(layer.Name))
            .Select(layer => new CompletionResult(layer.Name, layer.Name, CompletionResultType.ParameterValue, layer.ToString()));
    }
}
