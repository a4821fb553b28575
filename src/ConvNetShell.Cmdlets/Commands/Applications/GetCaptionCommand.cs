using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Returns what a network says about each image, with the probability of each word: of a network that ends in a decoder of captions, such as
/// ShowAndTell, trained with -Loss Caption. With attention (ShowAttendAndTell) each word has a map of where it looked; Show-Figure and
/// Export-Figure draw the image and these maps as a strip.
/// </summary>
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
    [NetworkListTransform(NextArgument.Dataset)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets the images instead of a dataset: samples, as Select-Sample returns them, or files (PNG, JPEG, BMP, WebP).
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Items)]
    [Alias("Path", "Sample")]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <inheritdoc cref="SplitCommand.Split" />
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
                if (ParameterSetName == NetworkSets.Items)
                {
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
