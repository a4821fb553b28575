using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Understanding.Traces;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Shows how the gradient of one weight is computed: for each output of the layer the input that the weight multiplies, times the
/// gradient of that output, and their sum. Beside it stand the gradient by automatic differentiation, the finite difference of the loss at
/// the weight a little larger and smaller, and one step of gradient descent. All is computed in double precision, with the network as it
/// is after training: batch normalization uses its running averages, and dropout does nothing; the gradients of a training's batches
/// differ by that. The loss is the cross-entropy, for several images their mean. Where a ReLU or a maximum changes its mind between the
/// two losses, the finite difference is off; a smaller -Delta then helps.
/// </summary>
/// <example>
/// <code>Select-Sample $run -Class cat | Trace-Gradient $run conv1 -At 2,0,1,1</code>
/// The gradient of filter 2's weight for channel 0, row 1, column 1.
/// </example>
/// <example>
/// <code>Select-Sample $run -Count 4 | Trace-Gradient $run fc1 -LearningRate 0.5</code>
/// The weight of the dense layer that has the largest gradient over four images, and a large step.
/// </example>
/// <example>
/// <code>(Trace-Gradient $run conv1 -Bias -At 2 -Image cat.png -Class cat).Terms | Select-Object -First 5</code>
/// The five outputs that count most in the gradient of filter 2's bias.
/// </example>
/// <example>
/// <code>Select-Sample $run -Class cat | Trace-Gradient $run conv1 | Export-Figure gradient.png</code>
/// Inputs, gradients and products as pictures, each number where its output is.
/// </example>
[Cmdlet(VerbsDiagnostic.Trace, "Gradient", DefaultParameterSetName = NetworkSets.Piped, HelpUri = ProjectLinks.Help + "Trace-Gradient")]
[OutputType(typeof(GradientTrace))]
public sealed class TraceGradientCommand : ImageListCommand
{
    private readonly List<(NetworkSource Network, string Layer, List<ImageSample> Images)> work = [];

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
    /// Gets or sets the layers, convolutions or dense ones, for example conv2, or res1.conv1 within a block; wildcards are allowed.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [LayerWordTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>
    /// Gets or sets the images: samples, as Select-Sample returns them, or files; wildcards are allowed. All of them are one batch.
    /// </summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.Piped)]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AfterLayerCompleter))]
    public object[] Image { get; set; } = [];

    /// <summary>
    /// Gets or sets the weight's position, from 0: filter, channel of the filter, row, column; of a dense layer unit and input (one number,
    /// or channel, row and column); with -Bias the filter or unit. Default: the weight with the largest gradient.
    /// </summary>
    [Parameter]
    public int[]? At { get; set; }

    /// <summary>Gets or sets a value indicating whether a bias is meant instead of a weight.</summary>
    [Parameter]
    public SwitchParameter Bias { get; set; }

    /// <summary>Gets or sets the class that the loss is taken for. Default: each image's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Class { get; set; }

    /// <summary>Gets or sets the learning rate of the step. Default: 0.1.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double LearningRate { get; set; } = 0.1;

    /// <summary>
    /// Gets or sets the number that is added to the weight and taken from it for the finite difference. Default: 1e-6.
    /// </summary>
    [Parameter]
    [ValidateRange(1e-12, 1.0)]
    public double Delta { get; set; } = GradientTracer.DefaultDelta;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            [.. Network.Cast<NetworkSource>(), .. InputObject],
            source =>
            {
                var images = new List<ImageSample>();
                EachImage(source, WithLiteral(Image), images.Add);
                foreach (string layer in LayersOf(source.Network, Layer, layer => GradientTracer.HasGradient(layer)))
                {
                    List<ImageSample>? known = work.Find(one => one.Network.Network == source.Network && one.Layer == layer).Images;
                    if (known is null)
                    {
                        work.Add((source, layer, [.. images]));
                    }
                    else
                    {
                        known.AddRange(images);
                    }
                }
            }
        );

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach ((NetworkSource source, string layer, List<ImageSample> images) in work.Where(one => one.Images.Count > 0))
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(
                () =>
                    WriteObject(
                        GradientTracer.Trace(source.Network, layer, Bias ? "bias" : "weight", At, images, Class, LearningRate, Delta)
                    ),
                source.Network
            );
        }
    }
}
