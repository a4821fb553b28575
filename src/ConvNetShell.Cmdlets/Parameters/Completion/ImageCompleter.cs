using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>Completes the paths of images.</summary>
public sealed class ImageCompleter : NameCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line) =>
        CompletionCompleters.CompleteFilename(word);

    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) => [];
}
