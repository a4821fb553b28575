using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Makes a network with new random weights, from a preset, from piped layers, from a specification or from ConvNetJS' layer_defs.
/// </summary>
/// <example>
/// <code>New-Network -Preset CIFAR10</code>
/// <output>
/// Name    Input   Output Layers Parameters   MACs Spec
/// ----    -----   ------ ------ ----------   ---- ----
/// CIFAR10 3x32x32 10         11     22,466 3.92 M conv5x5x16 relu pool2 conv5…
/// </output>
/// </example>
/// <example>
/// <code>New-ConvLayer 8 5 -Activation ReLU | New-PoolLayer 2 | New-DenseLayer 10 |
///     New-Network -InputShape 1,28,28</code>
/// <output>
/// Name    Input   Output Layers Parameters  MACs Spec
/// ----    -----   ------ ------ ----------  ---- ----
/// Network 1x28x28 10          4     11,738 127 K conv5x5x8p0 relu pool2 fc10
/// </output>
/// </example>
/// <example>
/// <code>New-Network -Spec 'conv5x5x16 relu pool2 fc10 softmax' -InputShape '32x32x3'</code>
/// <output>
/// Name    Input   Output Layers Parameters   MACs Spec
/// ----    -----   ------ ------ ----------   ---- ----
/// Network 3x32x32 10          5     42,186 1.27 M conv5x5x16 relu pool2 fc10 …
/// </output>
/// </example>
/// <example>
/// <code>
/// $page = @'
/// layer_defs.push({type:'input', out_sx:24, out_sy:24, out_depth:1});
/// layer_defs.push({type:'conv', sx:5, filters:8, stride:1, pad:2, activation:'relu'});
/// layer_defs.push({type:'softmax', num_classes:10});
/// '@
/// New-Network -LayerDefs $page
/// </code>
/// <output>
/// Name    Input   Output Layers Parameters  MACs Spec
/// ----    -----   ------ ------ ----------  ---- ----
/// Network 1x24x24 10          4     46,298 161 K conv5x5x8 relu fc10 softmax
/// </output>
/// The text of a ConvNetJS page; the literals are read, no JavaScript runs.
/// </example>
[Cmdlet(VerbsCommon.New, "Network", DefaultParameterSetName = LayerSet, HelpUri = ProjectLinks.Help + "New-Network")]
[OutputType(typeof(Network))]
public sealed class NewNetworkCommand : ConvNetCommand
{
    private const string LayerSet = "Layer",
        PresetSet = "Preset",
        SpecSet = "Spec",
        LayerDefsSet = "LayerDefs";
    private readonly List<LayerSpec> layers = [];

    /// <summary>Gets or sets the layers, in order.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LayerSet)]
    public LayerSpec[] Layer { get; set; } = [];

    /// <summary>Gets or sets the presets, by name or as Get-NetworkPreset returns them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PresetSet)]
    [PresetTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public string[] Preset { get; set; } = [];

    /// <summary>Gets or sets the layers as a spec, for example conv5x5x16 relu pool2 fc10 softmax.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public string Spec { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the layers as the JavaScript of a ConvNetJS page has them: layer_defs.push({...}), or an array of definitions. They say
    /// the input too. Maxout and dropout become layers of their own.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerDefsSet)]
    [ValidateNotNullOrEmpty]
    public string LayerDefs { get; set; } = string.Empty;

    /// <summary>Gets or sets the shape of one input: 3,32,32 (channels first) or '32x32x3'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet)]
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [Parameter(ParameterSetName = PresetSet)]
    [ShapeTransform]
    public Shape? InputShape { get; set; }

    /// <summary>Gets or sets the class names, or their number. Default: a preset's own; else numbers.</summary>
    [Parameter]
    public string[]? Classes { get; set; }

    /// <summary>Gets or sets the seed of the first weights. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// Gets or sets how weights start: Auto (the default: He before rectifiers, Xavier elsewhere), He, Xavier, Normal, Constant, Dirac or
    /// PartialDirac; Whitening is for one layer. A layer's own initializer goes before.
    /// </summary>
    [Parameter]
    public InitializerKind Initializer { get; set; }

    /// <summary>Gets or sets the network's name. Default: the preset's, or Network.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        layers.AddRange(Layer);
        foreach (string preset in Preset)
        {
            Attempt(
                () => WriteObject(NetworkFactory.FromPreset(NetworkPresets.Find(preset), InputShape, Classes, Seed, Initializer, Name)),
                preset
            );
        }
    }

    /// <inheritdoc />
    protected override void Finish()
    {
        if (ParameterSetName == PresetSet)
        {
            return; // each was made as it came
        }
        NetworkPlan plan = ParameterSetName switch
        {
            LayerDefsSet => Core.Interop.ConvNetJS.LayerDefs.Parse(LayerDefs),
            SpecSet => NetworkPlan.Fit(NetworkSpec.Parse(Spec), InputShape!),
            _ => NetworkPlan.Fit(layers, InputShape!),
        };
        WriteObject(NetworkFactory.FromLayers(plan, Classes, Seed, Initializer, Name));
    }
}
