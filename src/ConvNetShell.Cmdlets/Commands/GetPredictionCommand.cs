using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Says what a network takes images for: one object a rank, with the probability. Images of another size are stretched to the network's input. Where the true class is known, its loss comes along.</summary>
/// <example><code>Get-Prediction $run cat.png -Top 3</code></example>
/// <example><code>Get-ChildItem photos -Filter *.jpg | Get-Prediction $run -Top 1</code></example>
/// <example><code>Select-Sample $run -Count 500 | Get-Prediction $run -Top 1 | Sort-Object Loss -Descending | Select-Object -First 9</code>The top losses: the images the network is most wrong about.</example>
[Cmdlet(VerbsCommon.Get, "Prediction", DefaultParameterSetName = SampleSet)]
[OutputType(typeof(Prediction))]
public sealed class GetPredictionCommand : ImageCommand
{
    private const string PathSet = "Path", SampleSet = "Sample";
    private const int BatchSize = 128;
    private readonly List<ImageSample> waiting = [];

    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets image files (PNG, JPEG, BMP, WebP); wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets samples of a dataset, as Select-Sample returns them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = SampleSet)]
    public ImageSample[] Sample { get; set; } = [];

    /// <summary>Gets or sets how many classes are named for each image, the likeliest first. Default: 3.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 3;

    /// <inheritdoc />
    protected override void Process()
    {
        EachImage(Network, Sample, Add);
        EachImage(Network, Path, Add);
    }

    /// <inheritdoc />
    protected override void Finish() => Predict();

    private void Add(ImageSample sample)
    {
        waiting.Add(sample);
        if (waiting.Count == BatchSize)
        {
            Predict();
        }
    }

    private void Predict()
    {
        WriteObject(Predictor.Predict(Network.Network, waiting, Top, Device), enumerateCollection: true);
        waiting.Clear();
    }
}
