using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Measures how well a network says whether two images show the same class, such as the same person: area under the ROC curve, equal error
/// rate, true accepts at 1 % false accepts, each with a 95 % interval, and the errors at a threshold that is chosen on Validation. The
/// classes need not be known to the network: those of Faces' Test are not in its Train. Its figure has the ROC curve and the similarities.
/// Works with a network that learned an embedding (Start-Training -Loss Triplet, ArcFace or Contrastive), and with a classifier by the
/// values that go into its last layer.
/// </summary>
/// <example><code>$run = New-Network FaceNetSmall | Start-Training Faces
/// (Test-Verification $run).Auc</code>A number from 0 to 1; 0.5 is chance.</example>
/// <example><code>Test-Verification $run | Export-Figure roc.png</code>The ROC curve and the similarities.</example>
/// <example><code>Test-Verification $run -By Skin | Select-Object -ExpandProperty Groups</code>False accepts and false rejects of each
/// group.</example>
/// <example><code>$pairs = Import-Csv pairs.csv   # columns First, Second (image files) and Same (1 or 0)
/// Test-Verification $run -Pair $pairs</code>The report on pairs of your own.</example>
[Cmdlet(
    VerbsDiagnostic.Test,
    "Verification",
    DefaultParameterSetName = NetworkSets.First,
    HelpUri = ProjectLinks.Help + "Test-Verification"
)]
[OutputType(typeof(VerificationReport))]
public sealed class TestVerificationCommand : NetworkSplitCommand
{
    /// <summary>
    /// Gets or sets pairs of your own: objects with First and Second (samples of Select-Sample, or image files) and Same (true or false, 1
    /// or 0). Default: pairs of the split, drawn by the seed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Pair { get; set; }

    /// <summary>
    /// Gets or sets how many pairs are drawn, half of the same class and half of different ones; fewer where there are not as many.
    /// Default: 10,000.
    /// </summary>
    [Parameter]
    [ValidateRange(2, 10_000_000)]
    public int Count { get; set; } = Verification.DefaultPairs;

    /// <summary>
    /// Gets or sets the similarity from which a pair counts as the same, from -1 to 1. Default: the best one on the Validation split (Train
    /// where there is none; of own pairs without a dataset, on these pairs).
    /// </summary>
    [Parameter]
    [ValidateRange(-1.0, 1.0)]
    public double? Threshold { get; set; }

    /// <summary>Gets or sets the seed of pairs, intervals and tests. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>
    /// Gets or sets the property that images are grouped by: an attribute of the dataset (Skin of Faces), a property of a sample, or a
    /// script that gets the sample as $_. The report then has false accepts and false rejects among the images of each group.
    /// Default: no groups.
    /// </summary>
    [Parameter]
    public object? By { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(Network, source => WriteObject(Pair is null ? OfSplit(source) : OfPairs(source, Pair)));

    private VerificationOptions Options =>
        new()
        {
            Pairs = Count,
            Threshold = Threshold,
            Seed = Seed,
            Device = Device,
        };

    private VerificationReport OfSplit(NetworkSource source)
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, source);
        SampleGroups? groups = By is null ? null : SampleGroups.Of(data, split, By);
        return Verification.Measure(source.Network, data, split, Options with { By = groups?.Name, Groups = groups?.Values }, Stop);
    }

    private VerificationReport OfPairs(NetworkSource source, object[] given)
    {
        if (By is not null)
        {
            throw new InvalidSettingException("-By", "left out with -Pair: groups are those of a split's images", By);
        }
        ImagePair[] pairs = [.. given.Select(pair => Read(source, PSObject.AsPSObject(pair)))];
        Dataset? data = Dataset is null ? source.Dataset : Data(Dataset, source).Data;
        return Verification.Measure(source.Network, pairs, data, Options, Stop);
    }

    private ImagePair Read(NetworkSource source, PSObject pair)
    {
        object? same = Values.Unwrap(pair.Properties["Same"]?.Value);
        bool? isSame = same switch
        {
            bool known => known,
            not null when int.TryParse(Values.Text(same), out int number) => number != 0,
            not null when bool.TryParse(Values.Text(same), out bool word) => word,
            _ => null,
        };
        return isSame is bool answer && Image(source, pair, "First") is { } first && Image(source, pair, "Second") is { } second
            ? new ImagePair(first, second, answer)
            : throw new InvalidSettingException("-Pair", "objects with First and Second (samples or image files) and Same", pair);
    }

    private ImageSample? Image(NetworkSource source, PSObject pair, string name) =>
        Values.Unwrap(pair.Properties[name]?.Value) switch
        {
            ImageSample sample => ImageFit.To(source.Network, sample, true, WriteVerbose),
            { } path => ImageFit.Read(source.Network, FullPath(Values.Text(path)), true, WriteVerbose),
            null => null,
        };
}
