using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Says whether a first word is the network or the dataset, where it names both.</summary>
internal static class NetworkWord
{
    /// <summary>Makes the first of two words the network where no network came by pipe.</summary>
    /// <param name="words">The cmdlet.</param>
    /// <exception cref="NameNotFoundException">The first word is no preset's name.</exception>
    /// <exception cref="InvalidSettingException">There is no network, or there are two datasets.</exception>
    public static void Settle(INetworkAndDataset words)
    {
        if (words.Network.Length > 0)
        {
            if (words.FirstWord is { } more)
            {
                throw new InvalidSettingException("-Dataset", "one dataset for networks that come by pipe", $"{more}, {words.Dataset}");
            }
            return;
        }
        DatasetSource? first = words.FirstWord ?? words.Dataset;
        string? word = first is { Value: null, IsLiteral: false } ? first.Name : null;
        NetworkPreset? preset = NetworkPresets.All.FirstOrDefault(one => one.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (preset is null && words.FirstWord is not null && word is not null)
        {
            throw new NameNotFoundException("Preset.NotFound", "-Network", NetworkPresets.All.Select(one => one.Name), word);
        }
        words.Network =
            preset is not null && words.FirstWord is not null
                ? [new NetworkSource(preset)]
                : throw new InvalidSettingException(
                    "-Network",
                    preset is null
                        ? "given, as the first argument or by pipe"
                        : $"given: {preset.Name} alone means the dataset; with a dataset's name after it, it means the preset",
                    first?.ToString()
                );
    }
}
