using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Identifies images: finds the most similar class among known images, the gallery, by the embeddings of a network. Returns how often the
/// true class comes first (rank 1) or among the first five, and the answer for each image. With a threshold images can be unknown (an open
/// set): what is not similar enough to any gallery image.
/// </summary>
/// <example><code>Find-Match $run</code>Five images of each person of Test are known; all others are identified.</example>
/// <example><code>$gallery = Select-Sample ./friends -Split Train -Count 100
/// (Find-Match $run -Gallery $gallery -Probe photo.jpg).Matches</code>Who is in the photo.</example>
/// <example><code>Find-Match $run -PerClass 3 -UnknownClass 5 -Threshold (Test-Verification $run).Threshold</code>Five people of Test are
/// in no gallery: how often do they get another's name?</example>
[Cmdlet(VerbsCommon.Find, "Match", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Find-Match")]
[OutputType(typeof(MatchReport))]
public sealed class FindMatchCommand : ImageCommand, INetworkAndDataset
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [ValidateNotNullOrEmpty]
    [NetworkListTransform(NextArgument.Dataset)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset
    {
        get;
        set => (FirstWord, field) = (field, value);
    }

    /// <summary>Gets the first of two words that PowerShell took for the dataset.</summary>
    public DatasetSource? FirstWord { get; private set; }

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter]
    public SplitKind? Split { get; set; }

    /// <summary>
    /// Gets or sets the known images, each with its class: samples, as Select-Sample returns them. Default: some of each class of the
    /// split.
    /// </summary>
    [Parameter]
    [ImageTransform("-Gallery")]
    [ValidateNotNullOrEmpty]
    public object[]? Gallery { get; set; }

    /// <summary>
    /// Gets or sets the images to identify: samples or files (PNG, JPEG, BMP, WebP). Default: all images of the split that are not in the
    /// gallery.
    /// </summary>
    [Parameter]
    [ImageTransform("-Probe")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public object[]? Probe { get; set; }

    /// <summary>Gets or sets the gallery images of each class where they are taken from the split. Default: 5.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PerClass { get; set; } = 5;

    /// <summary>Gets or sets how many classes of the split have no gallery image, so that their probes are unknown. Default: 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int UnknownClass { get; set; }

    /// <summary>
    /// Gets or sets the similarity below which a probe is unknown, from -1 to 1, such as Test-Verification's. Default: every probe gets a
    /// class.
    /// </summary>
    [Parameter]
    [ValidateRange(-1.0, 1.0)]
    public double? Threshold { get; set; }

    /// <summary>Gets or sets the seed of the gallery's choice. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                var samples = new Dictionary<string, ImageSample>(StringComparer.Ordinal);
                if (Gallery is null && Probe is null)
                {
                    (Dataset data, DatasetSplit split) = Data(Dataset, source, Split);
                    GallerySplit chosen = GallerySplit.Of(split, PerClass, UnknownClass, Seed);
                    IReadOnlyList<Embedding> all = EmbeddingReader.Read(source.Network, data, split, Device, Stop);
                    Dictionary<string, int> indices = all.Index().ToDictionary(pair => pair.Item.Source, pair => pair.Index);
                    Write(
                        [.. chosen.Gallery.Select(index => all[index])],
                        [.. chosen.Probes.Select(index => all[index])],
                        name => ImageSamples.FromSplit(data, split, indices[name])
                    );
                    return;
                }
                if (Gallery is null || Probe is null)
                {
                    throw new InvalidSettingException(Gallery is null ? "-Gallery" : "-Probe", "given too where the other one is", null);
                }
                Write(Embeddings(source, Gallery, samples), Embeddings(source, Probe, samples), samples.GetValueOrDefault);
            }
        );

    private void Write(IReadOnlyList<Embedding> gallery, IReadOnlyList<Embedding> probes, Func<string, ImageSample?> find) =>
        WriteObject(MatchPictures.Attach(MatchFinder.Find(gallery, probes, Threshold), find));

    private IReadOnlyList<Embedding> Embeddings(NetworkSource source, object[] given, Dictionary<string, ImageSample> samples)
    {
        var images = new List<ImageSample>();
        EachImage(source, given, images.Add);
        foreach (ImageSample image in images)
        {
            samples[image.Source] = image;
        }
        return images.Count == 0 ? [] : EmbeddingReader.Read(source.Network, images, Device, Stop);
    }
}
