using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Makes an image that excites a unit, by gradient ascent on the pixels. Jitter and two priors keep it natural: neighboring pixels are
/// alike, and pixels are near the mean color.
/// </summary>
/// <example>
/// <code>New-DreamImage $run conv3 7</code>
/// A picture that excites unit 7 of conv3; | Show-Image draws it.
/// </example>
/// <example><code>0..9 | New-DreamImage $run fc1</code>The network's picture of each class; a unit of the last dense layer is a
/// class.</example>
/// <example>
/// <code>New-DreamImage $run conv2 3 -Start cat.png -Steps 50 -Jitter 1</code>
/// Begins with a picture, and moves it by at most one pixel a step.
/// </example>
[Cmdlet(VerbsCommon.New, "DreamImage", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "New-DreamImage")]
[OutputType(typeof(DreamImage))]
public sealed class NewDreamImageCommand : ImageCommand
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

    /// <summary>Gets or sets the layers, for example conv3, or res1.conv1 within a block; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets the units: channels of maps, or units of a dense layer, from 0; or class names for the last layer.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public string[] Unit { get; set; } = [];

    /// <summary>Gets or sets the image to begin with: a sample or a file. Default: noise about the mean color.</summary>
    [Parameter]
    [ImageTransform]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[]? Start { get; set; }

    /// <summary>Gets or sets the steps. Default: 200.</summary>
    [Parameter]
    public int Steps { get; set; } = 200;

    /// <summary>Gets or sets the largest shift in pixels that the image gets anew at each step. Default: 2.</summary>
    [Parameter]
    public int Jitter { get; set; } = 2;

    /// <summary>Gets or sets the mean change of a pixel in the first step, as a fraction of its range. Default: 0.05.</summary>
    [Parameter]
    public double LearningRate { get; set; } = 0.05;

    /// <summary>Gets or sets the weight of the prior that neighbors are alike. Default: 0.2.</summary>
    [Parameter]
    public double Smoothness { get; set; } = 0.2;

    /// <summary>Gets or sets the weight of the prior that pixels are near the mean color. Default: 0.5.</summary>
    [Parameter]
    public double Decay { get; set; } = 0.5;

    /// <summary>Gets or sets the seed of the noise and of the jitter. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                var options = new DreamOptions
                {
                    Steps = Steps,
                    Jitter = Jitter,
                    LearningRate = LearningRate,
                    Smoothness = Smoothness,
                    Decay = Decay,
                    Seed = Seed,
                };
                foreach (string layer in LayersOf(source.Network, Layer))
                {
                    if (Start is null)
                    {
                        Dream(source.Network, layer, options);
                        continue;
                    }
                    EachImage(source, Start, image => Dream(source.Network, layer, options with { Start = image }));
                }
            }
        );

    private void Dream(Network network, string layer, DreamOptions options)
    {
        foreach (string unit in Unit)
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(() => Dream(network, layer, unit, options), unit);
        }
    }

    private void Dream(Network network, string layer, string unit, DreamOptions options)
    {
        DreamImage image = ActivationMaximizer.Dream(network, layer, ActivationMaximizer.Unit(network, layer, unit), options, Device, Stop);
        if (image.IsDead)
        {
            WriteWarning($"{layer}[{image.Unit}] has the same value on every image tried, so its gradient is zero.");
        }
        WriteObject(image);
    }
}
