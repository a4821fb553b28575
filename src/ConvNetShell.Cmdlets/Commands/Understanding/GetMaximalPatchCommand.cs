using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>Finds the image patches that excite a unit most. A patch is as large as the unit's receptive field.</summary>
/// <example>
/// <code>Get-MaximalPatch $run conv3 7 -Top 9</code>
/// The nine pieces of test images to which unit 7 of conv3 responds most.
/// </example>
/// <example><code>Get-MaximalPatch $run conv1 -Top 4 | Group-Object Unit</code>The four best pieces for each filter of the first
/// layer.</example>
/// <example>
/// <code>Get-MaximalPatch $net fc1 3 Shapes</code>
/// The same for one class of an untrained network, among the pictures of a named dataset.
/// </example>
[Cmdlet(VerbsCommon.Get, "MaximalPatch", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Get-MaximalPatch")]
[OutputType(typeof(MaximalPatch))]
public sealed class GetMaximalPatchCommand : SplitCommand
{
    /// <summary>Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public object[] Network { get; set; } = [];

    /// <summary>Gets or sets the networks, runs, or presets' names that come by pipe.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    public NetworkSource[] InputObject { get; set; } = [];

    /// <summary>Gets or sets the layers, for example conv3, or res1.conv1 within a block; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets the units: channels of maps, or units of a dense layer, from 0. Default: all.</summary>
    [Parameter(Position = 2, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public int[]? Unit { get; set; }

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 3, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 2, ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets how many pieces a unit, each of another image. Default: 9.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Top { get; set; } = 9;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                (Dataset data, DatasetSplit split) = Data(Dataset, source);
                foreach (string layer in LayersOf(source.Network, Layer))
                {
                    Attempt(
                        () =>
                            WriteObject(
                                PatchFinder.Find(source.Network, layer, Unit, data, split, Top, Device, Stop),
                                enumerateCollection: true
                            ),
                        layer
                    );
                }
            }
        );
}
