using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Understanding.Attribution;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Shows how much each position of an image contributes to a class, by gradients, integrated gradients (with the check that they add up),
/// Grad-CAM, occlusion or SmoothGrad.
/// </summary>
/// <example>
/// <code>Select-Sample $run -Class cat | Get-Saliency $run -Method GradCam</code>
/// A map of the places that count for the cat's class; | Show-Image draws it over the picture.
/// </example>
/// <example><code>Get-Saliency $run cat.png -Method Gradient, IntegratedGradient, GradCam, Occlusion, SmoothGrad -Class dog</code>Several
/// methods side by side, for a class that need not be the most probable.</example>
/// <example><code>(Get-Saliency $run cat.png -Method IntegratedGradient -AllowNegative).Completeness</code>Positions that count against the
/// class are negative; the sum is the difference of the scores.</example>
/// <seealso href="https://arxiv.org/abs/1610.02391">R. Selvaraju et al.: Grad-CAM, 2016.</seealso>
[Cmdlet(VerbsCommon.Get, "Saliency", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Saliency")]
[OutputType(typeof(Saliency))]
public sealed class GetSaliencyCommand : ImageListCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe. A piped
    /// prediction brings its network.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the images: samples, as Select-Sample returns them, or files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <summary>Gets or sets the methods, each of which gives a map. Default: Gradient.</summary>
    [Parameter(Position = 2, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 1, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    public SaliencyMethod[] Method { get; set; } = [SaliencyMethod.Gradient];

    /// <summary>Gets or sets the class to explain, by name. Default: the likeliest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Class { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether positions that count against the class are negative, instead of 0 (gradients: instead of
    /// their magnitude).
    /// </summary>
    [Parameter]
    public SwitchParameter AllowNegative { get; set; }

    /// <summary>Gets or sets the layer that Grad-CAM looks at. Default: the last convolution, with the activation after it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Layer { get; set; }

    /// <summary>
    /// Gets or sets the baseline, a picture without information, in integrated gradients and occlusion: Mean (the training data's mean
    /// color, the
    /// default), Black or White.
    /// </summary>
    [Parameter]
    public SaliencyBaseline Baseline { get; set; }

    /// <summary>
    /// Gets or sets the steps of integrated gradients. Default: as many as the sum needs to be right within half a per cent, 64 to 2048.
    /// </summary>
    [Parameter]
    public int? Steps { get; set; }

    /// <summary>Gets or sets the side in pixels of the window that occlusion covers. Default: a sixth of the image's longer side.</summary>
    [Parameter]
    public int? Window { get; set; }

    /// <summary>Gets or sets the step of that window. Default: half of it.</summary>
    [Parameter]
    public int? Stride { get; set; }

    /// <summary>Gets or sets the noisy copies of smoothed gradients. Default: 32.</summary>
    [Parameter]
    public int Samples { get; set; } = 32;

    /// <summary>Gets or sets the standard deviation of their noise, as a fraction of the image's range. Default: 0.15.</summary>
    [Parameter]
    public double Noise { get; set; } = 0.15;

    /// <summary>Gets or sets the noise's seed. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process()
    {
        var options = new SaliencyOptions
        {
            Layer = Layer,
            AllowNegative = AllowNegative,
            Baseline = Baseline,
            Steps = Steps,
            Window = Window,
            Stride = Stride,
            Samples = Samples,
            Noise = Noise,
            Seed = Seed,
        };
        EachNetwork(
            Network,
            source =>
                EachImage(
                    source,
                    WithLiteral(Image),
                    image =>
                    {
                        foreach (Saliency map in SaliencyMapper.Explain(source.Network, image, Method, Class, options, Device, Stop))
                        {
                            WriteObject(map);
                            if (map.Completeness is { Holds: false } check)
                            {
                                WriteWarning($"The integrated gradients of {map.Source} do not add up: {check}. Use more -Steps.");
                            }
                        }
                    }
                )
        );
    }
}
