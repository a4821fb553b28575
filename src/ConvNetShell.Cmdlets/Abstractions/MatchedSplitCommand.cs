using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that compare a network's answers with the classes of a dataset.</summary>
public abstract class MatchedSplitCommand : SplitCommand
{
    /// <summary>
    /// Gets or sets a value indicating whether images of classes that the network lacks count as wrong, with a warning; else they are an
    /// error. Classes are matched by name, not by number.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnknownClasses { get; set; }

    /// <summary>Returns a network with the images that are meant, their classes matched to the network's.</summary>
    /// <param name="named">The dataset the user named, or <see langword="null"/>.</param>
    /// <param name="network">The network, whose run may have brought its dataset.</param>
    private protected MatchedSplit Match(DatasetSource? named, NetworkSource network)
    {
        (Dataset data, DatasetSplit split) = Data(named, network);
        return Match(network, data, split);
    }

    /// <summary>Returns a network with images, their classes matched to the network's.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="split">The images.</param>
    private protected MatchedSplit Match(NetworkSource network, Dataset data, DatasetSplit split)
    {
        MatchedSplit matched = MatchedSplit.Of(network.Network, data, split, AllowUnknownClasses);
        if (matched.Unknown.Count > 0)
        {
            WriteWarning(
                $"The network {network.Network.Name} lacks classes of {data.Name}: {string.Join(", ", matched.Unknown)}. "
                    + "Their images count as wrong; the mean loss leaves them out."
            );
        }
        return matched;
    }
}
