using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Traces;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Shows how the value of one unit is computed: patch, kernel, the product of each tap, the sum of each channel and the bias. It adds
/// them up by hand and compares the sum with the network's value. -Recurse continues with the largest contribution, layer by layer down
/// to a pixel.
/// </summary>
/// <example>
/// <code>Select-Sample $run -Class cat | Trace-Activation $run conv2 -At 3,4,4</code>
/// Patch, kernel, products, sum and bias of one value, and the value that the network itself computed.
/// </example>
/// <example>
/// <code>Select-Sample $run -Class cat | Trace-Activation $run conv2 | Export-Figure way.html</code>
/// A page that shows one number's way: a click on a pixel of a map shows the patch that it reads, the kernel, the products, their sum with
/// the bias, and the activation; a click on a value of the patch goes on into the layer before, back to the image. The page is one file
/// and loads nothing. It holds all numbers up to the layer, at most 500,000; of larger networks there is a picture of the one unit.
/// </example>
/// <example><code>Trace-Activation $run fc1 -Image cat.png -Recurse | Format-Table Layer, At, Computed, Activation, Strongest</code>The
/// values that decide the
/// most probable class, layer by layer.</example>
/// <example>
/// <code>(Trace-Activation $run conv1 -At 0,10,10 -Image cat.png).ChannelSums</code>
/// What each input channel contributes.
/// </example>
[Cmdlet(VerbsDiagnostic.Trace, "Activation", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Trace-Activation")]
[OutputType(typeof(ActivationTrace))]
public sealed class TraceActivationCommand : ImageListCommand
{
    /// <summary>Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.LiteralPath)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public object[] Network { get; set; } = [];

    /// <summary>Gets or sets the networks, runs, or presets' names that come by pipe.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    public NetworkSource[] InputObject { get; set; } = [];

    /// <summary>
    /// Gets or sets the layers, for example conv2, or res1.conv1 within a block; wildcards are allowed and mean the convolutions and dense
    /// layers.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets the images: samples, as Select-Sample returns them, or files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public object[] Image { get; set; } = [];

    /// <summary>
    /// Gets or sets the unit's position in the layer's output, from 0: channel, row, column; of a dense layer the unit. Default: the
    /// largest
    /// value.
    /// </summary>
    [Parameter]
    public int[]? At { get; set; }

    /// <summary>Gets or sets a value indicating whether the value that counts most is traced in its turn, down to a pixel.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                IReadOnlyList<string> layers = LayersOf(source.Network, Layer, NetworkFilters.HasFilters);
                if (layers.Count == 0)
                {
                    return;
                }
                EachImage(
                    source,
                    WithLiteral(Image),
                    image =>
                    {
                        foreach (string layer in layers)
                        {
                            WriteObject(ActivationTracer.Trace(source.Network, layer, At, image, Recurse), enumerateCollection: true);
                        }
                    }
                );
            }
        );
}
