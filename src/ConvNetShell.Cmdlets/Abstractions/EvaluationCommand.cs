using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that run a network on data.</summary>
public abstract class EvaluationCommand : DataCommand
{
    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <summary>Returns the dataset and the split that are meant.</summary>
    /// <param name="named">The dataset the user named, or <see langword="null"/>.</param>
    /// <param name="network">The network, whose run may have brought its dataset.</param>
    /// <param name="split">The split; <see langword="null"/> is Test, and where there is none Validation, else Train.</param>
    private protected (Dataset Data, DatasetSplit Split) Data(DatasetSource? named, NetworkSource network, SplitKind? split) =>
        SourceData.Of(named is null ? null : Resolve(named), network, split);
}
