using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Shows what excites a unit most: of a dataset's images the pieces, as large as the unit's receptive field, on which its value is largest.</summary>
/// <example><code>Get-MaximalPatch $run conv3 7 -Top 9</code></example>
/// <example><code>Get-MaximalPatch $run conv1 -Top 4 | Group-Object Unit</code>The four best pieces for each filter of the first layer.</example>
/// <example><code>Get-MaximalPatch $net fc1 3 Shapes</code></example>
[Cmdlet(VerbsCommon.Get, "MaximalPatch")]
[OutputType(typeof(MaximalPatch))]
public sealed class GetMaximalPatchCommand : SplitCommand
{
    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets the layer's name, such as conv3; within a block res1.conv1.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string Layer { get; set; } = string.Empty;

    /// <summary>Gets or sets the units: channels of maps, or units of a dense layer, from 0. Default: all.</summary>
    [Parameter(Position = 2)]
    public int[]? Unit { get; set; }

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 3)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets how many pieces a unit, each of another image. Default: 9.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Top { get; set; } = 9;

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, Network);
        WriteObject(PatchFinder.Find(Network.Network, Layer, Unit, data, split, Top, Device, Stop), enumerateCollection: true);
    }
}
