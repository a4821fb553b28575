using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Shows the embeddings of images as points of a plane: by principal components (PCA), whose two axes have the most variance, and by t-SNE,
/// in which neighbors stay neighbors and distances between groups mean nothing. Colors are classes, or the values of another property.
/// </summary>
/// <example><code>Show-Embedding $run</code>Two panels: PCA and t-SNE.</example>
/// <example><code>Show-Embedding $run -By Skin -Method PCA</code>One panel, a color for each skin.</example>
/// <example><code>Show-Embedding $run Shapes -Count 500 -PassThru | Export-Figure shapes.png</code>The figure as a file.</example>
[Cmdlet(VerbsCommon.Show, "Embedding", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Show-Embedding")]
[OutputType(typeof(EmbeddingMap), typeof(Chart), typeof(string))]
public sealed class ShowEmbeddingCommand : ShowCommand, INetworkAndDataset
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

    /// <summary>Gets or sets the methods, one panel each: PCA, TSNE. Default: both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MapMethod[] Method { get; set; } = [MapMethod.PCA, MapMethod.TSNE];

    /// <summary>
    /// Gets or sets the property that gives the color: Class, an attribute of the dataset (Skin of Faces), a property of a sample, or a
    /// script that gets the sample as $_. Default: Class.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object By { get; set; } = "Class";

    /// <summary>Gets or sets how many images are shown at most, drawn by the seed. Default: 400.</summary>
    [Parameter]
    [ValidateRange(EmbeddingMapper.Fewest, 2000)]
    public int Count { get; set; } = 400;

    /// <summary>Gets or sets the seed of the choice. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() => EachNetwork(Network, Draw);

    private void Draw(NetworkSource source)
    {
        (Dataset data, DatasetSplit split) = SourceData.Of(Dataset is null ? null : Resolve(Dataset), source, Split);
        int[] order = [.. Enumerable.Range(0, split.Count)];
        new SeededRandom(Seed).Shuffle<int>(order);
        DatasetSplit part = split.Take([.. order.Take(Count).Order()]);
        SampleGroups groups = SampleGroups.Of(data, part, By);
        IReadOnlyList<Embedding> embeddings = EmbeddingReader.Read(source.Network, data, part, Device, Stop);
        string name = $"{data.Name} {split.Name}";
        EmbeddingMap[] maps = [.. Method.Select(method => EmbeddingMapper.Map(embeddings, groups.Values, groups.Name, name, method, Stop))];
        Show(
            maps.Length == 1
                ? maps[0]
                : new Chart($"{source.Network.Name} on {name}, colored by {groups.Name}", [.. maps.Select(map => map.ToPanel())])
        );
    }
}
