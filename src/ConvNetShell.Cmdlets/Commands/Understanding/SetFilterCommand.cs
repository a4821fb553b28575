using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>Sets the weights of a filter: numbers, a picture, or another filter. The network itself is changed.</summary>
/// <example>
/// <code>Set-Filter $gray conv1 -Index 0 -Value ((-1,0,1),(-2,0,2),(-1,0,1))</code>
/// A Sobel filter, for a network with one input channel.
/// </example>
/// <example><code>Set-Filter $net conv1 -Index 0 -Value waldo.png</code>A template as a filter; its size must be the filter's. Pixel values
/// become 0 to 1, their mean is taken away.</example>
/// <example>
/// <code>Set-Filter $net conv1 -Index 1 -Value (Get-Filter $net conv1 -Index 0)</code>
/// The second filter becomes a copy of the first.
/// </example>
[Cmdlet(
    VerbsCommon.Set,
    "Filter",
    DefaultParameterSetName = NetworkSets.Piped,
    SupportsShouldProcess = true,
    HelpUri = ProjectLinks.Help + "Set-Filter"
)]
[OutputType(typeof(LayerFilter))]
public sealed class SetFilterCommand : ConvNetCommand
{
    private const double Brightest = 255;

    /// <summary>Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public object[] Network { get; set; } = [];

    /// <summary>Gets or sets the networks, runs, or presets' names that come by pipe.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    public NetworkSource[] InputObject { get; set; } = [];

    /// <summary>
    /// Gets or sets the layers, for example conv1, or res1.conv1 within a block; wildcards are allowed and mean the layers that have
    /// filters.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>Gets or sets which filter, from 0. Default: all of the layer.</summary>
    [Parameter(Position = 2, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public int? Index { get; set; }

    /// <summary>
    /// Gets or sets the weights: lists of lists (channel, row, column; a channel axis of one may be left out), a filter, a sample, or an
    /// image file. Default: none; it is needed.
    /// </summary>
    [Parameter(Position = 3, ValueFromPipeline = true, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 2, ParameterSetName = NetworkSets.Piped)]
    public object? Value { get; set; }

    /// <summary>Gets or sets the bias. Default: as it is.</summary>
    [Parameter]
    public double? Bias { get; set; }

    /// <summary>Gets or sets a value indicating whether the changed filters are written out.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        NumericArray? weights = Read(Values.Unwrap(Value));
        if (weights is null && Bias is null)
        {
            throw new InvalidSettingException("-Value", "weights, or -Bias a number", null);
        }
        if (weights?.NaNCount > 0)
        {
            WriteWarning($"{weights.NaNCount} of {weights.Values.Count} weights are NaN; the layer's output will be NaN too.");
        }
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                foreach (string layer in LayersOf(source.Network, Layer, NetworkFilters.HasFilters))
                {
                    Attempt(() => Change(source.Network, layer, weights), layer);
                }
            }
        );
    }

    private void Change(Network network, string layer, NumericArray? weights)
    {
        if (!ShouldProcess($"{layer} of {network.Name}", "change filters"))
        {
            return;
        }
        NetworkFilters.Set(network, layer, Index, weights, Bias);
        if (PassThru)
        {
            WriteObject(NetworkFilters.Get(network, layer, Index is int index ? [index] : null), enumerateCollection: true);
        }
    }

    private NumericArray? Read(object? value) =>
        value switch
        {
            null => null,
            LayerFilter filter => NumericArray.Read("-Value", filter.Values),
            ImageSample sample => Centred(Pictures.ToArray(sample)),
            string path => Centred(Pictures.ToArray(ImageFile.Load(FullPath(path)))),
            FileInfo file => Centred(Pictures.ToArray(ImageFile.Load(file.FullName))),
            _ => NumericArray.Read("-Value", value, Values.Unwrap),
        };

    /// <summary>A template matches where it agrees in shape, not where the picture is bright.</summary>
    private static NumericArray Centred(NumericArray picture)
    {
        double mean = picture.Values.Average();
        return new NumericArray([.. picture.Values.Select(value => (value - mean) / Brightest)], [.. picture.Sizes]);
    }
}
