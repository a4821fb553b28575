using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Returns what each channel of a layer gives for an image, or with -Gradient the gradient of a class's score there.</summary>
/// <example><code>Get-FeatureMap $run conv2 cat.png | Show-Image</code></example>
/// <example><code>Select-Sample $run | Get-FeatureMap $run relu1 | Sort-Object ZeroFraction -Descending</code>The channels that this image leaves silent come first.</example>
/// <example><code>Get-FeatureMap $run conv3 cat.png -Gradient -Class dog</code>What would have to change for a dog.</example>
[Cmdlet(VerbsCommon.Get, "FeatureMap")]
[OutputType(typeof(FeatureMap))]
public sealed class GetFeatureMapCommand : ImageCommand
{
    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets the layers' names, such as conv2; within a block res1.conv1.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets the images: samples, as Select-Sample returns them, or files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true)]
    [ImageTransform]
    [SupportsWildcards]
    public object[] Image { get; set; } = [];

    /// <summary>Gets or sets which channels, from 0. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[]? Channel { get; set; }

    /// <summary>Gets or sets a value indicating whether gradients are returned: how a class's score changes with each value.</summary>
    [Parameter]
    public SwitchParameter Gradient { get; set; }

    /// <summary>Gets or sets the class whose score the gradients are of. Default: the likeliest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Class { get; set; }

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process() => EachImage(Network, Image, image =>
    {
        foreach (string layer in Layer)
        {
            WriteObject(FeatureMaps.Get(Network.Network, image, layer, Channel, Gradient || Class is not null, Class, Device), enumerateCollection: true);
        }
    });
}
