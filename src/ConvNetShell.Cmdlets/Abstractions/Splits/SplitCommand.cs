using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Cmdlets.Abstractions.Splits;

/// <summary>Base of the cmdlets that run a network over a split of a dataset.</summary>
public abstract class SplitCommand : EvaluationCommand
{
    /// <summary>
    /// Gets or sets the split: Train, Validation or Test. Default: Test; where the dataset has none, Validation, else Train.
    /// </summary>
    [Parameter]
    public SplitKind? Split { get; set; }

    /// <summary>Returns the dataset and the split that are meant.</summary>
    /// <param name="named">The dataset the user named, or <see langword="null"/>.</param>
    /// <param name="network">The network, whose run may have brought its dataset.</param>
    private protected (Dataset Data, DatasetSplit Split) Data(DatasetSource? named, NetworkSource network) => Data(named, network, Split);
}
