using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Says how layers of a network are trained: frozen or not, frozen in some epochs, or with a learning rate and a weight decay of their own.
/// Training leaves the weights of frozen layers as they are, and the running averages of frozen normalizations too; in a frozen epoch only
/// the weights. The network itself is changed; its FrozenLayers and LayerTraining have the names.
/// </summary>
/// <example>
/// <code>Set-NetworkLayer $net conv* -Frozen</code>
/// Training changes the dense layers only.
/// </example>
/// <example><code>Set-NetworkLayer (New-Network ResNet20) res1.conv1, res*.bn* -Frozen</code>Layers within blocks.</example>
/// <example><code>$net | Set-NetworkLayer conv3 -Frozen:$false</code>Trains conv3 again, for fine-tuning.</example>
/// <example><code>Set-NetworkLayer $net conv* -LearningRateScale 0.1 -FrozenEpoch (1..3)</code>The output layer learns alone for three
/// epochs, then the convolutions follow at a tenth of the rate.</example>
/// <example><code>Set-NetworkLayer $net conv1 -BiasOnly -LearningEpochs 3</code>The filters of conv1 stay, and its biases learn for three
/// epochs, as in the preset CIFAR10Fast.</example>
[Cmdlet(
    VerbsCommon.Set,
    "NetworkLayer",
    DefaultParameterSetName = NetworkSets.Piped,
    SupportsShouldProcess = true,
    HelpUri = ProjectLinks.Help + "Set-NetworkLayer"
)]
[OutputType(typeof(Network))]
public sealed class SetNetworkLayerCommand : ConvNetCommand
{
    /// <summary>Gets or sets the networks or runs, as the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [NetworkListTransform]
    public object[] Network { get; set; } = [];

    /// <summary>Gets or sets the networks or runs that come by pipe.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    public NetworkSource[] InputObject { get; set; } = [];

    /// <summary>
    /// Gets or sets the layers, for example conv1 or res2; wildcards are allowed, and mean layers with weights. A block is frozen as a
    /// whole; names and patterns with a point mean layers within blocks: res2.conv1, res*.bn*.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [Alias("Name")]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>
    /// Gets or sets a value indicating whether training leaves the layers as they are; -Frozen:$false makes them trainable.
    /// </summary>
    [Parameter]
    public SwitchParameter Frozen { get; set; }

    /// <summary>Gets or sets the factor of the learning rate, from 0 to 10^9. Default: 1, the rate of the other layers.</summary>
    [Parameter]
    [ValidateRange(0, 1e9)]
    public double LearningRateScale { get; set; } = 1;

    /// <summary>Gets or sets the factor of the weight decay, from 0 to 10^9. Default: 1, the decay of the other layers.</summary>
    [Parameter]
    [ValidateRange(0, 1e9)]
    public double WeightDecayScale { get; set; } = 1;

    /// <summary>
    /// Gets or sets the epochs, from 1, in which training leaves the weights as they are: 1..3 are the first three, an empty list none.
    /// Default: none.
    /// </summary>
    [Parameter]
    [AllowEmptyCollection]
    [ValidateRange(1, 1_000_000)]
    public int[] FrozenEpoch { get; set; } = [];

    /// <summary>
    /// Gets or sets the epochs, from the first, over which the layers learn; their learning rate falls in a line from the largest of the
    /// run to 0 at their end, whatever the schedule. 0: as long as the other layers, at their rate. Default: 0.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int LearningEpochs { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether only the biases of the layers learn, and other vectors such as the scales of a
    /// normalization; filters and matrices stay as they are. -BiasOnly:$false makes them learn again.
    /// </summary>
    [Parameter]
    public SwitchParameter BiasOnly { get; set; }

    /// <summary>Gets or sets a value indicating whether the network is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        if (!IsGiven(nameof(Frozen)) && !ChangesTraining)
        {
            throw new InvalidSettingException(
                "-Frozen",
                "given, or -Frozen:$false, or one of -LearningRateScale, -WeightDecayScale, -FrozenEpoch, -LearningEpochs and -BiasOnly",
                null
            );
        }
    }

    /// <inheritdoc />
    protected override void Process() => EachNetwork([.. Network.Cast<NetworkSource>(), .. InputObject], source => Set(source.Network));

    private bool ChangesTraining =>
        IsGiven(nameof(LearningRateScale))
        || IsGiven(nameof(WeightDecayScale))
        || IsGiven(nameof(FrozenEpoch))
        || IsGiven(nameof(LearningEpochs))
        || IsGiven(nameof(BiasOnly));

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void Set(Network network)
    {
        IEnumerable<string> layers = Layer.SelectMany(word =>
            LayersOf(
                network,
                [word],
                layer => layer.ParameterCount > 0 && (word.Contains('.', StringComparison.Ordinal) || network.Layers.Contains(layer))
            )
        );
        foreach (string layer in layers.Distinct())
        {
            if (IsGiven(nameof(Frozen)) && ShouldProcess($"{layer} of {network.Name}", Frozen ? "Freeze" : "Make trainable"))
            {
                Attempt(() => NetworkEditor.Freeze(network, layer, Frozen), layer);
            }
            if (ChangesTraining && ShouldProcess($"{layer} of {network.Name}", "Set how it is trained"))
            {
                Attempt(() => NetworkEditor.SetTraining(network, layer, Changed), layer);
            }
        }
        if (PassThru)
        {
            WriteObject(network);
        }
    }

    private LayerTraining Changed(LayerTraining now) =>
        new()
        {
            LearningRateScale = IsGiven(nameof(LearningRateScale)) ? LearningRateScale : now.LearningRateScale,
            WeightDecayScale = IsGiven(nameof(WeightDecayScale)) ? WeightDecayScale : now.WeightDecayScale,
            FrozenEpochs = IsGiven(nameof(FrozenEpoch)) ? FrozenEpoch : now.FrozenEpochs,
            LearningEpochs = IsGiven(nameof(LearningEpochs)) ? LearningEpochs : now.LearningEpochs,
            BiasOnly = IsGiven(nameof(BiasOnly)) ? BiasOnly : now.BiasOnly,
        };
}
