using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Predicts the class of images: one object for each rank, with its probability. Images of another size are stretched to the network's
/// input. If the true class is known, the loss is included.
/// </summary>
/// <example>
/// <code>Get-Prediction $run cat.png -Top 3</code>
/// The three most probable classes, a row each.
/// </example>
/// <example>
/// <code>Get-ChildItem photos -Filter *.jpg | Get-Prediction $run -Top 1</code>
/// One row a picture: its file and its class.
/// </example>
/// <example><code>Select-Sample $run -Count 500 | Get-Prediction $run -Top 1 | Sort-Object Loss -Descending |
///     Select-Object -First 9</code>The top losses: the images the network is most wrong about.</example>
[Cmdlet(VerbsCommon.Get, "Prediction", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Prediction")]
[OutputType(typeof(Prediction))]
public sealed class GetPredictionCommand : ImageListCommand
{
    private const int BatchSize = 128;
    private readonly Dictionary<NetworkSource, List<ImageSample>> waiting = [];

    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Items)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>
    /// Gets or sets the images: samples, as Select-Sample returns them, or files (PNG, JPEG, BMP, WebP). Items of the file system are taken
    /// as they are; in a text wildcards are allowed where no file has that very name.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Items)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Piped)]
    [Alias("Path", "Sample")]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <summary>Gets or sets how many classes are named for each image, the likeliest first. Default: 3.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 3;

    /// <summary>
    /// Gets or sets what the outputs are divided by before the softmax. Default: 1. Measure-Calibration finds the best one.
    /// </summary>
    [Parameter]
    [ValidateRange(1e-6, 1e6)]
    public double Temperature { get; set; } = 1;

    /// <summary>
    /// Gets or sets the views of each image that the outputs are averaged over, before the softmax: None (the default), Mirror, or
    /// MirrorShift (mirrored, and shifted by a pixel along a diagonal; six times the work).
    /// </summary>
    [Parameter]
    public TestAugment TestAugment { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() => EachNetwork(Network, source => EachImage(source, WithLiteral(Image), image => Add(source, image)));

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach (NetworkSource source in waiting.Keys)
        {
            Predict(source);
        }
    }

    private void Add(NetworkSource source, ImageSample sample)
    {
        if (!waiting.TryGetValue(source, out List<ImageSample>? samples))
        {
            waiting[source] = samples = [];
        }
        samples.Add(sample);
        if (samples.Count == BatchSize)
        {
            Predict(source);
        }
    }

    private void Predict(NetworkSource source)
    {
        WriteObject(
            Predictor.Predict(source.Network, waiting[source], Top, Device, Stop, Temperature, TestAugment),
            enumerateCollection: true
        );
        waiting[source].Clear();
    }
}
