using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>The weights of a network as a user wants them in a file.</summary>
internal static class ExportedWeights
{
    /// <summary>Returns the weights and running averages; the caller's dispose scope owns those of another type.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">Their names and their type.</param>
    public static IReadOnlyList<(string Name, Tensor Value)> Of(Network network, ExportSettings settings)
    {
        ScalarType type = settings.Type switch
        {
            WeightType.Float16 => ScalarType.Float16,
            WeightType.BFloat16 => ScalarType.BFloat16,
            _ => ScalarType.Float32,
        };
        return
        [
            .. WeightMatcher
                .Names(network, settings.Naming)
                .Select(pair => (pair.Name, pair.Weight.Value.is_floating_point() ? pair.Weight.Value.to(type) : pair.Weight.Value)),
        ];
    }
}
