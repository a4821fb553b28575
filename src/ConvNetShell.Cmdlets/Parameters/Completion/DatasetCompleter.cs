using System.Management.Automation;
using ConvNetShell.Core.Data.Download;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the names of known datasets, and paths.</summary>
public sealed class DatasetCompleter : NameCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line) =>
        base.Complete(parameter, word, line).Concat(parameter == "Name" ? [] : CompletionCompleters.CompleteFilename(word));

    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        KnownDatasets.All.Select(dataset => (dataset.Name, dataset.ToString()));
}
