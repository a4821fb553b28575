using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Returns what a network says about each image, with the probability of each word. The network ends in a decoder of captions, as
/// ShowAndTell does, and was trained with -Loss Caption. With attention (ShowAttendAndTell) each word has a map of where it looked;
/// Show-Figure and Export-Figure draw the image and these maps as a strip.
/// </summary>
/// <example>
/// <code>$run = New-Network ShowAttendAndTell -Seed 1 | Start-Training Scenes -Seed 1
/// Select-Sample Scenes -Count 4 | Get-Caption $run</code>
/// <output>
/// Source       Right LogProb Text
/// ------       ----- ------- ----
/// Test[0]      yes     -1.32 there is a large blue circle above a large yellow
///                             circle
/// Test[1]      yes     -1.08 left of a small yellow square are two large blue
///                            crosses
/// Test[2]      yes     -1.45 there are two large pink rings
/// Test[3]      yes     -1.44 left of two large green triangles is a large yell
///                            ow square
/// </output>
/// Right says whether it is one of the dataset's three captions, which are equally probable: their logarithm is about -1.1.
/// </example>
/// <example>
/// <code>$caption = Select-Sample Scenes | Get-Caption $run -Beam 5
/// $caption | Export-Figure looks.png
/// $caption.Words</code>
/// <output>
/// Text         Probability Attention
/// ----         ----------- ---------
/// there             37.2 % 8x8
/// is                72.9 % 8x8
/// a                 99.9 % 8x8
/// large             99.9 % 8x8
/// blue              99.9 % 8x8
/// circle           100.0 % 8x8
/// above             99.4 % 8x8
/// a                 99.9 % 8x8
/// large             99.9 % 8x8
/// yellow           100.0 % 8x8
/// circle           100.0 % 8x8
/// </output>
/// The picture, and for each word where it looked.
/// </example>
[Cmdlet(VerbsCommon.Get, "Caption", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Caption")]
[OutputType(typeof(ImageCaption))]
public sealed class GetCaptionCommand : ImageCommand
{
    private readonly Dictionary<NetworkSource, List<ImageSample>> waiting = [];

    /// <summary>
    /// Gets or sets the networks or runs, as the first argument or by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Items)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>
    /// Gets or sets the images instead of a dataset, as the next argument or by pipe: samples, as Select-Sample returns them, or files
    /// (PNG, JPEG, BMP, WebP). Default: those of the dataset.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Items)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [Alias("Path", "Sample")]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    public SplitKind? Split { get; set; }

    /// <summary>
    /// Gets or sets how many captions of an image are followed at a time, of which the most probable is returned; 1 takes the most probable
    /// word each time. Default: 3.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Beam { get; set; } = 3;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                if (Image.Length > 0)
                {
                    if (Dataset is not null)
                    {
                        throw new InvalidSettingException("-Dataset", "left out where images are given", Dataset.ToString());
                    }
                    EachImage(source, Image, image => Add(source, image));
                    return;
                }
                (Dataset data, DatasetSplit split) = Data(Dataset, source, Split);
                WriteObject(CaptionReader.Read(source.Network, data, split, Beam, Device, Stop), enumerateCollection: true);
            }
        );

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach ((NetworkSource source, List<ImageSample> images) in waiting)
        {
            WriteObject(CaptionReader.Read(source.Network, images, Beam, Device, Stop), enumerateCollection: true);
        }
    }

    private void Add(NetworkSource source, ImageSample sample)
    {
        if (!waiting.TryGetValue(source, out List<ImageSample>? samples))
        {
            waiting[source] = samples = [];
        }
        samples.Add(sample);
    }
}
