using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Returns the embedding of each image: a vector of length 1, near those of images that the network takes for alike. It is the output of a
/// network that learned an embedding (Start-Training -Loss Triplet, ArcFace or Contrastive), and of a classifier what goes into its last
/// layer.
/// </summary>
/// <example><code>$rows = Get-Embedding $run -Split Test
/// $rows[0].Similarity($rows[20])</code>The cosine of two images.</example>
/// <example><code>Get-Embedding $run Faces | Select-Object Class, @{ n = 'v'; e = { $_.Vector -join ' ' } } | Export-Csv faces.csv</code>
/// One line an image: its class and its vector.</example>
/// <example><code>Get-ChildItem photos -Filter *.jpg | Get-Embedding $run</code>One row a file.</example>
[Cmdlet(VerbsCommon.Get, "Embedding", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Embedding")]
[OutputType(typeof(Embedding))]
public sealed class GetEmbeddingCommand : ImageCommand, INetworkAndDataset
{
    private readonly Dictionary<NetworkSource, List<ImageSample>> waiting = [];

    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Items)]
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

    /// <summary>Gets or sets the images instead of a dataset: samples, as Select-Sample returns them, or files (PNG, JPEG, BMP, WebP).
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Items)]
    [Alias("Path", "Sample")]
    [ImageTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter(ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    public SplitKind? Split { get; set; }

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
                WriteObject(EmbeddingReader.Read(source.Network, data, split, Device, Stop), enumerateCollection: true);
            }
        );

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach ((NetworkSource source, List<ImageSample> images) in waiting)
        {
            WriteObject(EmbeddingReader.Read(source.Network, images, Device, Stop), enumerateCollection: true);
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
