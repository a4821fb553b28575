using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes the names of network presets.</summary>
public sealed class PresetCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string Tip)> Names() =>
        NetworkPresets.All.Select(preset => (preset.Name, preset.ToString()));
}
