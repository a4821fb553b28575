using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Finds mistakes in a network without computing anything: windows that do not fit, pixels that no window reaches, dense layers on wrong
/// inputs, softmax in the wrong position, data of another shape. It also accepts layers that do not fit together.
/// </summary>
/// <example>
/// <code>New-Network -Preset LeNet5 | Test-Network -Dataset CIFAR10</code>
/// An error: LeNet5 takes one channel of 28 x 28, and CIFAR-10 has three of 32 x 32.
/// </example>
/// <example>
/// <code>Test-Network -Spec 'conv5x5x8p0 pool2 conv5x5x8p0 pool2 conv5x5x8p0 fc10' -InputShape 1,28,28</code>
/// <output>
/// Error Layer.KernelTooLarge in conv3
///     Expected an input of at least 5 (window 5x5) in dimension
///     1. Received: 8x4x4 (4 with padding). Use a smaller window,
///     padding, a larger input, or fewer poolings before it.
///
/// Warning Linear.Stacked in fc1
///     There is no activation between conv3 and fc1: together they
///     are equivalent to one linear layer. Put an activation, for
///     example relu, after conv3.
/// </output>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "Network", DefaultParameterSetName = NetworkSet, HelpUri = ProjectLinks.Help + "Test-Network")]
[OutputType(typeof(NetworkIssue))]
public sealed class TestNetworkCommand : DataCommand
{
    private const string NetworkSet = "Network",
        LayerSet = "Layer",
        PresetSet = "Preset",
        SpecSet = "Spec";
    private readonly List<LayerSpec> layers = [];

    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NetworkSet)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the layers, in order.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LayerSet)]
    public LayerSpec[] Layer { get; set; } = [];

    /// <summary>Gets or sets the preset's name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PresetSet)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public string Preset { get; set; } = string.Empty;

    /// <summary>Gets or sets the layers as a spec.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public string Spec { get; set; } = string.Empty;

    /// <summary>Gets or sets the shape of one input: 3,32,32 (channels first) or '32x32x3'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet)]
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [Parameter(ParameterSetName = PresetSet)]
    [ShapeTransform]
    public Shape? InputShape { get; set; }

    /// <summary>
    /// Gets or sets the dataset the network is meant for: an object, a known name or a path. Default: none; only the layers are
    /// checked.
    /// </summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        if (ParameterSetName == NetworkSet)
        {
            Inspect(Network.Layers.Select(layer => layer.Spec), Network.InputShape);
        }
        else
        {
            layers.AddRange(Layer);
        }
    }

    /// <inheritdoc />
    protected override void Finish()
    {
        switch (ParameterSetName)
        {
            case LayerSet:
                Inspect(layers, InputShape!);
                break;
            case PresetSet:
                NetworkPreset preset = NetworkPresets.Find(Preset);
                Inspect(preset.Layers(), InputShape ?? preset.InputShape);
                break;
            case SpecSet:
                Inspect(NetworkSpec.Parse(Spec), InputShape!);
                break;
        }
    }

    private void Inspect(IEnumerable<LayerSpec> specs, Shape input)
    {
        Dataset? data = Dataset is null ? null : Resolve(Dataset);
        WriteObject(NetworkInspector.Inspect(specs, input, data), enumerateCollection: true);
    }
}
