using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;

namespace ConvNetShell.Cmdlets.Abstractions.Splits;

/// <summary>Matches the classes of a dataset with a network's, for a cmdlet that says which the network lacks.</summary>
internal static class MatchedClasses
{
    /// <summary>Returns a network with images, their classes matched to the network's.</summary>
    /// <param name="cmdlet">The cmdlet, whose warning names the classes that the network lacks.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="split">The images.</param>
    /// <param name="allowUnknown">Whether images of classes that the network lacks count as wrong, instead of being an error.</param>
    public static MatchedSplit Of(ConvNetCommand cmdlet, NetworkSource network, Dataset data, DatasetSplit split, bool allowUnknown)
    {
        MatchedSplit matched = MatchedSplit.Of(network.Network, data, split, allowUnknown);
        if (matched.Unknown.Count > 0)
        {
            cmdlet.WriteWarning(
                $"The network {network.Network.Name} lacks classes of {data.Name}: {string.Join(", ", matched.Unknown)}. "
                    + "Their images count as wrong; the mean loss leaves them out."
            );
        }
        return matched;
    }
}
