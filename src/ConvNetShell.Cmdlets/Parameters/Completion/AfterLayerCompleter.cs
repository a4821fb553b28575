using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>
/// Completes the argument after a layer: images, units. PowerShell counts positions as if the network came by pipe, so after a network as
/// the first
/// argument this position
/// is the layer's.
/// </summary>
public sealed class AfterLayerCompleter : NameCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line) =>
        line.IsAfterNetwork(word) ? Match(Layers(line), word)
        : parameter == "Image" ? CompletionCompleters.CompleteFilename(word)
        : base.Complete(parameter, word, line);

    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        line.Classes().Select((name, index) => (name, FormattableString.Invariant($"Class {index}: {name}")));

    private static IEnumerable<(string Name, string Tip)> Layers(CommandLine line) =>
        line.Layers().Select(layer => (layer.Name, layer.ToString()));
}
