using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Counts which classes a network takes for which. Its MostConfused lists the pairs; its Cell gives the images of one, the surest first.
/// </summary>
/// <example>
/// <code>(Get-ConfusionMatrix $run).MostConfused | Select-Object -First 5</code>
/// The five most frequent mistakes, each with its two classes, count and rate.
/// </example>
/// <example><code>(Get-ConfusionMatrix $run).Cell('cat', 'dog') | Show-Image</code>The cats that were taken for dogs.</example>
/// <example>
/// <code>Get-ConfusionMatrix $run | Export-Figure confusion.html</code>
/// A page on which each cell names its classes.
/// </example>
[Cmdlet(
    VerbsCommon.Get,
    "ConfusionMatrix",
    DefaultParameterSetName = NetworkSets.First,
    HelpUri = ProjectLinks.Help + "Get-ConfusionMatrix"
)]
[OutputType(typeof(ConfusionMatrix))]
public sealed class GetConfusionMatrixCommand : MatchedSplitCommand, INetworkAndDataset
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

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(Network, source => WriteObject(ConfusionMatrices.Get(Match(Dataset, source), Device, Stop)));
}
