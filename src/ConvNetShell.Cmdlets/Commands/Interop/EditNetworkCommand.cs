using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Returns a network with layers replaced, left out or appended, or for other input. The layers that are kept keep their weights; the
/// network itself is not changed. Layers without a name of their own are counted anew.
/// </summary>
/// <example><code>$pets = Import-Network cifar.cnsh | Edit-Network -Replace fc1 -With (New-DenseLayer 5)</code>A trained network with a
/// new last layer for five other classes.</example>
/// <example><code>$features = Edit-Network $net -Remove fc1, softmax1</code>The network as far as its features.</example>
/// <example>
/// <code>Edit-Network $net -Remove softmax1 -Append 'relu fc5 softmax'</code>
/// Five classes, with another hidden layer before them.
/// </example>
/// <example>
/// <code>Import-Network model.onnx | Edit-Network -Mean 0.485, 0.456, 0.406 -StandardDeviation 0.229, 0.224, 0.225</code>
/// A file of another program does not say which numbers its network expects; these are those of most networks trained on ImageNet.
/// </example>
[Cmdlet(VerbsData.Edit, "Network", HelpUri = ProjectLinks.Help + "Edit-Network")]
[OutputType(typeof(Network))]
public sealed class EditNetworkCommand : ConvNetCommand
{
    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Run")]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets the layer that -With replaces. Default: none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Replace { get; set; }

    /// <summary>Gets or sets the layers that replace it: layers, or a spec such as 'fc64 relu fc5'. Default: none.</summary>
    [Parameter]
    [LayerListTransform(many: false)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public LayerList? With { get; set; }

    /// <summary>Gets or sets the layers that are left out; wildcards are allowed. Default: none.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Remove { get; set; } = [];

    /// <summary>Gets or sets the layers that follow the last one: layers, or a spec. Default: none.</summary>
    [Parameter]
    [LayerListTransform(many: false)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public LayerList? Append { get; set; }

    /// <summary>
    /// Gets or sets the shape of one sample of the input, channels first. Layers of convolution and pooling take any size; a dense layer
    /// after them gets new weights, with a warning. Default: unchanged.
    /// </summary>
    [Parameter]
    [ShapeTransform]
    public Shape? InputShape { get; set; }

    /// <summary>
    /// Gets or sets the number that is taken from the pixels, which go from 0 to 1: one for each channel, or one for all. Default:
    /// unchanged; 0 where -StandardDeviation is given.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public double[]? Mean { get; set; }

    /// <summary>
    /// Gets or sets the number that they are then divided by: one for each channel, or one for all. Default: unchanged; 1 where -Mean is
    /// given. Training keeps both while the first layer with weights is frozen.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public double[]? StandardDeviation { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the network expects blue, green, red: the weights of its first layer, a convolution, are
    /// put in the reverse order, so that it takes red, green, blue, as all pictures here are. -Mean and -StandardDeviation are in the order
    /// red, green, blue.
    /// </summary>
    [Parameter]
    public SwitchParameter ReverseChannels { get; set; }

    /// <summary>Gets or sets the seed of new weights. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    protected override object? Target => Network.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        if (Replace is null != With is null)
        {
            throw new InvalidSettingException("-With", "given together with -Replace", With is null ? null : string.Join(' ', With.Layers));
        }
        bool isInput = InputShape is not null || Mean is not null || StandardDeviation is not null || ReverseChannels;
        if (Replace is null && Remove.Length == 0 && Append is null && !isInput)
        {
            throw new InvalidSettingException("-Replace", "given, or -Remove, or -Append, or another input", null);
        }
        WriteObject(
            NetworkEditor.Edit(
                Network.Network,
                new NetworkEdit
                {
                    Replace = Replace,
                    With = With?.Layers ?? [],
                    Remove = [.. Remove.SelectMany(Names).Distinct()],
                    Append = Append?.Layers ?? [],
                    InputShape = InputShape,
                    Mean = Mean,
                    StandardDeviation = StandardDeviation,
                    ReverseChannels = ReverseChannels,
                    Seed = Seed,
                },
                WriteWarning
            )
        );
    }

    private IReadOnlyList<string> Names(string name) =>
        WildcardPattern.ContainsWildcardCharacters(name) ? LayersOf(Network.Network, [name], Network.Network.Layers.Contains) : [name];
}
