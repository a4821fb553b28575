using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;

namespace ConvNetShell.Cmdlets.Abstractions.Splits;

/// <summary>Base of the cmdlets that take networks, and then a dataset of which they measure a split.</summary>
public abstract class NetworkSplitCommand : SplitCommand, INetworkAndDataset
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [ValidateNotNullOrEmpty]
    [NetworkListTransform(NextArgument.Dataset)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset
    {
        get;
        set => (FirstWord, field) = (field, value);
    }

    /// <summary>Gets the first of two words that PowerShell took for the dataset.</summary>
    public DatasetSource? FirstWord { get; private set; }
}
