using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Returns the output of each channel of a layer for an image, or with -Gradient the gradient of a class's score at that layer. With
/// -Dataset it returns all values of a layer for each image of a dataset, as one row an image.
/// </summary>
/// <example>
/// <code>Get-FeatureMap $run conv2 cat.png | Show-Image</code>
/// The 20 maps of the second convolution as one figure.
/// </example>
/// <example><code>Select-Sample $run | Get-FeatureMap $run relu1 | Sort-Object ZeroFraction -Descending</code>The channels that this image
/// leaves silent come first.</example>
/// <example><code>Select-Sample Signals | Get-FeatureMap LSTM lstm1 -OverTime | Show-Image</code>
/// How the states of an LSTM's units move while it reads a signal.</example>
/// <example><code>Get-FeatureMap $run conv3 cat.png -Gradient -Class dog</code>The changes that would increase the score of dog.</example>
/// <example><code>$run | Get-FeatureMap -Layer fc1 -Dataset Shapes -Split Train | ForEach-Object { $_.Values -join ',' } |
/// Set-Content features.csv</code>The features of all images for another program, one line an image, without holding them all.</example>
[Cmdlet(VerbsCommon.Get, "FeatureMap", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Get-FeatureMap")]
[OutputType(typeof(FeatureMap), typeof(FeatureVector))]
public sealed class GetFeatureMapCommand : ImageListCommand
{
    private const string DatasetSet = "Dataset";

    /// <summary>Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = DatasetSet)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public object[] Network { get; set; } = [];

    /// <summary>Gets or sets the networks, runs, or presets' names that come by pipe.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    public NetworkSource[] InputObject { get; set; } = [];

    /// <summary>Gets or sets the layers, for example conv2, or res1.conv1 within a block; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = DatasetSet)]
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
    /// Gets or sets the dataset whose images are all shown to the network, without resizing: an object, a known name or a path.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = DatasetSet)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter(ParameterSetName = DatasetSet)]
    public SplitKind? Split { get; set; }

    /// <summary>Gets or sets which channels, from 0. Default: all.</summary>
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    [ValidateNotNullOrEmpty]
    public int[]? Channel { get; set; }

    /// <summary>Gets or sets a value indicating whether gradients are returned: how a class's score changes with each value.</summary>
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    public SwitchParameter Gradient { get; set; }

    /// <summary>Gets or sets the class whose score the gradients are of. Default: the likeliest.</summary>
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Class { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the states of a recurrent layer over time are returned, a signal for each unit, also of a
    /// layer that hands on its last state only.
    /// </summary>
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    public SwitchParameter OverTime { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    private bool IsGradient => Gradient || Class is not null;

    /// <inheritdoc />
    protected override void Begin()
    {
        if (OverTime && IsGradient)
        {
            throw new InvalidSettingException("-OverTime", "left out where gradients are asked for", "-OverTime and a gradient");
        }
    }

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                IReadOnlyList<string> layers = OverTime
                    ? LayersOf(source.Network, Layer, layer => layer.Spec is RecurrentSpec)
                    : LayersOf(source.Network, Layer);
                if (layers.Count == 0)
                {
                    return;
                }
                if (Dataset is not null)
                {
                    WriteRows(source.Network, layers);
                    return;
                }
                EachImage(
                    source,
                    WithLiteral(Image),
                    image =>
                    {
                        foreach (string layer in layers)
                        {
                            WriteObject(
                                OverTime
                                    ? FeatureMaps.States(source.Network, image, layer, Channel, Device)
                                    : FeatureMaps.Get(source.Network, image, layer, Channel, IsGradient, Class, Device),
                                enumerateCollection: true
                            );
                        }
                    }
                );
            }
        );

    private void WriteRows(Network network, IReadOnlyList<string> layers)
    {
        Dataset data = DefaultDataset.Fit(network, Resolve(Dataset!));
        foreach (FeatureVector row in FeatureVectors.Read(network, data, data.Split(Split), layers, Device, Stop))
        {
            WriteObject(row);
        }
    }
}
