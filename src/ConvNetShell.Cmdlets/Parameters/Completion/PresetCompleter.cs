using System.Management.Automation;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>
/// Completes the names of network presets, with parameters, input and source. After a pipe the position of the network is the dataset's or
/// the image's.
/// </summary>
public sealed class PresetCompleter : NameCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string parameter, string word, CommandLine line) =>
        parameter == "Network" && line.IsPiped
            ? Match(KnownDatasets.All.Select(dataset => (dataset.Name, dataset.ToString())), word)
                .Concat(CompletionCompleters.CompleteFilename(word))
            : base.Complete(parameter, word, line);

    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        NetworkPresets.All.Select(preset =>
            (
                preset.Name,
                FormattableString.Invariant(
                    $"{preset.Name}: {preset.ParameterCount:#,0} parameters, {preset.InputShape}, {preset.Dataset}. {preset.Source}"
                )
            )
        );
}
