using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Shows the part of the input that one value of each layer depends on: size, jump and start, and for one position its pixels, with and
/// without the padding.
/// </summary>
/// <example>
/// <code>Get-ReceptiveField CIFAR10</code>
/// <output>
/// Layer    Output   Size  Jump Start     Effective Visible
/// -----    ------   ----  ---- -----     --------- -------
/// conv1    16x32x32 5x5   1x1  0x0
/// relu1    16x32x32 5x5   1x1  0x0
/// pool1    16x16x16 6x6   2x2  0.5x0.5
/// conv2    20x16x16 14x14 2x2  0.5x0.5
/// relu2    20x16x16 14x14 2x2  0.5x0.5
/// pool2    20x8x8   16x16 4x4  1.5x1.5
/// conv3    20x8x8   32x32 4x4  1.5x1.5
/// relu3    20x8x8   32x32 4x4  1.5x1.5
/// pool3    20x4x4   36x36 8x8  3.5x3.5
/// fc1      10       32x32 0x0  15.5x15.5
/// softmax1 10       32x32 0x0  15.5x15.5
/// </output>
/// A row for each layer: how many pixels of the image one of its values sees.
/// </example>
/// <example>
/// <code>Get-ReceptiveField CIFAR10 -Layer pool2 -At 0,3</code>
/// <output>
/// Layer Output Size  Jump Start   Effective Visible
/// ----- ------ ----  ---- -----   --------- -------
/// pool2 20x8x8 16x16 4x4  1.5x1.5           0..9, 6..21
/// </output>
/// The pixels behind row 0, column 3.
/// </example>
/// <example><code>New-Network CIFAR10 | Get-ReceptiveField -Layer pool3 -Effective</code>How many of them count, measured by
/// gradients.</example>
/// <seealso href="https://arxiv.org/abs/1701.04128">W. Luo et al.: Understanding the effective receptive field, 2016.</seealso>
[Cmdlet(VerbsCommon.Get, "ReceptiveField", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Get-ReceptiveField")]
[OutputType(typeof(ReceptiveFieldInfo))]
public sealed class GetReceptiveFieldCommand : ConvNetCommand
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

    /// <summary>Gets or sets the layers; wildcards are allowed. Default: all, those within blocks aside.</summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>
    /// Gets or sets the position of a value in the layer's maps, from 0: row and column (of a clip: frame, row, column). Default:
    /// none; sizes only.
    /// </summary>
    [Parameter]
    public int[]? At { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the effective field is measured: the gradient of the value (default: the middle one) with
    /// respect to 32 random inputs.
    /// </summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                IReadOnlyList<string>? layers = Layer is null ? null : LayersOf(source.Plan, Layer);
                if (layers is null or { Count: > 0 })
                {
                    WriteObject(
                        Effective
                            ? ReceptiveFields.Get(source.Network, layers, At, effective: true)
                            : ReceptiveFields.Get(source.Plan, layers, At),
                        enumerateCollection: true
                    );
                }
            }
        );
}
