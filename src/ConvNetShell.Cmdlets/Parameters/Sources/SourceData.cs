using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>The dataset and the split that a command line means.</summary>
internal static class SourceData
{
    /// <summary>Returns the named dataset in the size of the network's input, else that of the run, and the split.</summary>
    /// <param name="named">The dataset the user named, or <see langword="null"/>.</param>
    /// <param name="network">The network, whose run may have brought its dataset.</param>
    /// <param name="split">The split; <see langword="null"/> is Test, and where there is none Validation, else Train.</param>
    /// <exception cref="InvalidSettingException">There is no dataset, or it has no such split.</exception>
    public static (Dataset Data, DatasetSplit Split) Of(Dataset? named, NetworkSource network, SplitKind? split)
    {
        Dataset data = named is not null
            ? DefaultDataset.Fit(network.Network, named)
            : network.Dataset
                ?? throw new InvalidSettingException("-Dataset", "given for a network that no run of this session trained", null);
        return (data, data.Split(split));
    }
}
