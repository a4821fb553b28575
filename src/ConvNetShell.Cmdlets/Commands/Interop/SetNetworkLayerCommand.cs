using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Freezes layers of a network, or makes them trainable again. Training leaves the weights of frozen layers as they are, and the running
/// averages of frozen normalizations too. The network itself is changed; its FrozenLayers has the names.
/// </summary>
/// <example>
/// <code>Set-NetworkLayer $net conv* -Frozen</code>
/// Training changes the dense layers only.
/// </example>
/// <example><code>Set-NetworkLayer (New-Network ResNet20) res1.conv1, res*.bn* -Frozen</code>Layers within blocks.</example>
/// <example><code>$net | Set-NetworkLayer conv3 -Frozen:$false</code>Trains conv3 again, for fine-tuning.</example>
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
    /// Gets or sets the layers, for example conv1 or res2; wildcards are allowed. A block is frozen as a whole; names and patterns with a
    /// point mean layers within blocks: res2.conv1, res*.bn*.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>
    /// Gets or sets a value indicating whether training leaves the layers as they are; -Frozen:$false makes them trainable.
    /// </summary>
    [Parameter]
    public SwitchParameter Frozen { get; set; }

    /// <summary>Gets or sets a value indicating whether the network is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Begin()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Frozen)))
        {
            throw new InvalidSettingException("-Frozen", "given, or -Frozen:$false", null);
        }
    }

    /// <inheritdoc />
    protected override void Process() => EachNetwork([.. Network.Cast<NetworkSource>(), .. InputObject], source => Set(source.Network));

    private void Set(Network network)
    {
        IEnumerable<string> layers = Layer.SelectMany(word =>
            LayersOf(network, [word], word.Contains('.', StringComparison.Ordinal) ? null : network.Layers.Contains)
        );
        foreach (string layer in layers.Distinct())
        {
            if (ShouldProcess($"{layer} of {network.Name}", Frozen ? "Freeze" : "Make trainable"))
            {
                Attempt(() => NetworkEditor.Freeze(network, layer, Frozen), layer);
            }
        }
        if (PassThru)
        {
            WriteObject(network);
        }
    }
}
