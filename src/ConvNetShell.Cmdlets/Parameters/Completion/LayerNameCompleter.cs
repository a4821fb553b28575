namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>
/// Completes the names of a network's layers, if the network on the line or before the pipe is known; as the first argument also presets.
/// </summary>
public sealed class LayerNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Tip)> Names(CommandLine line) =>
        line.Layers().Select(layer => (layer.Name, layer.ToString()));
}
