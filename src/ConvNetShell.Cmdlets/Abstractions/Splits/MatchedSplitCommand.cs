using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;

namespace ConvNetShell.Cmdlets.Abstractions.Splits;

/// <summary>Base of the cmdlets that compare networks' answers with the classes of a dataset.</summary>
public abstract class MatchedSplitCommand : NetworkSplitCommand
{
    /// <summary>
    /// Gets or sets a value indicating whether images of classes that the network lacks count as wrong, with a warning; else they are an
    /// error. Classes are matched by name, not by number.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnknownClasses { get; set; }

    /// <summary>Returns a network with the images that are meant, their classes matched to the network's.</summary>
    /// <param name="network">The network, whose run may have brought its dataset.</param>
    private protected MatchedSplit Match(NetworkSource network)
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, network);
        return MatchedClasses.Of(this, network, data, split, AllowUnknownClasses);
    }
}
