using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>Returns the filters of a layer: of a convolution, a locally connected layer, or the units of a dense one.</summary>
/// <example>
/// <code>Get-Filter $net conv1</code>
/// The filters with their smallest and largest weight.
/// </example>
/// <example><code>$run | Get-Filter conv* | Group-Object Layer</code>The filters of all convolutions.</example>
/// <example><code>(Get-Filter $net conv1 -Index 0).Values[0][2]</code>The third row of the first channel of the first filter.</example>
[Cmdlet(VerbsCommon.Get, "Filter", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Get-Filter")]
[OutputType(typeof(LayerFilter))]
public sealed class GetFilterCommand : ConvNetCommand
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

    /// <summary>
    /// Gets or sets the layers, for example conv1, or res1.conv1 within a block; wildcards are allowed and mean the layers that have
    /// filters.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets which filters, from 0. Default: all.</summary>
    [Parameter(Position = 2, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public int[]? Index { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                foreach (string layer in LayersOf(source.Network, Layer, NetworkFilters.HasFilters))
                {
                    Attempt(() => WriteObject(NetworkFilters.Get(source.Network, layer, Index), enumerateCollection: true), layer);
                }
            }
        );
}
