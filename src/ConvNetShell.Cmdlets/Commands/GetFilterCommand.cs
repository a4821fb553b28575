using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Returns the filters of a layer: of a convolution, a locally connected layer, or the units of a dense one.</summary>
/// <example><code>Get-Filter $net conv1</code></example>
/// <example><code>(Get-Filter $net conv1 -Index 0).Values[0][2]</code>The third row of the first channel of the first filter.</example>
[Cmdlet(VerbsCommon.Get, "Filter")]
[OutputType(typeof(LayerFilter))]
public sealed class GetFilterCommand : ConvNetCommand
{
    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the layer's name, such as conv1; within a block res1.conv1.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string Layer { get; set; } = string.Empty;

    /// <summary>Gets or sets which filters, from 0. Default: all.</summary>
    [Parameter(Position = 2)]
    public int[]? Index { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Process() => WriteObject(NetworkFilters.Get(Network, Layer, Index), enumerateCollection: true);
}
