using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Shows what part of the input one value of each layer depends on: size, jump and start, and for one place the pixels, with and without the padding.</summary>
/// <example><code>Get-ReceptiveField CIFAR10</code></example>
/// <example><code>Get-ReceptiveField CIFAR10 -Layer pool2 -At 0,3</code>The pixels behind row 0, column 3.</example>
/// <example><code>New-Network CIFAR10 | Get-ReceptiveField -Layer pool3 -Effective</code>How many of them count, measured by gradients.</example>
[Cmdlet(VerbsCommon.Get, "ReceptiveField")]
[OutputType(typeof(ReceptiveFieldInfo))]
public sealed class GetReceptiveFieldCommand : ConvNetCommand
{
    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the layers. Default: all.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Gets or sets the place of a value in the layer's maps, from 0: row and column (of a clip: frame, row, column).</summary>
    [Parameter]
    public int[]? At { get; set; }

    /// <summary>Gets or sets a value indicating whether the effective field is measured: the gradient of the value (default: the middle one) with respect to 32 random inputs.</summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Process() => WriteObject(ReceptiveFields.Get(Network, Layer, At, Effective), enumerateCollection: true);
}
