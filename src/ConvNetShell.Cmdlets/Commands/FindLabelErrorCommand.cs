using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Finds images whose label may be wrong: the network is surer of another class than it usually is of that class. Best on images it was not trained on.</summary>
/// <example><code>Find-LabelError $run -Top 10</code></example>
/// <example><code>Find-LabelError $run photos -Split Train | Where-Object Label -eq cat</code></example>
[Cmdlet(VerbsCommon.Find, "LabelError")]
[OutputType(typeof(LabelErrorCandidate))]
public sealed class FindLabelErrorCommand : SplitCommand
{
    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 1)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets how many candidates at most, the likeliest errors first. Default: 20.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 20;

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, Network);
        WriteObject(LabelErrorFinder.Find(Network.Network, data, split, Top, Device, Stop), enumerateCollection: true);
    }
}
