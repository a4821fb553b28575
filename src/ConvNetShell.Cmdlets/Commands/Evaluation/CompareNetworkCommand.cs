using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Compares two networks on the same images. It counts the images that only one of them classifies correctly, gives the difference of the
/// accuracies with its 95 % interval, and runs McNemar's test (exact below 25 of these images).
/// </summary>
/// <example>
/// <code>Compare-Network $a $b</code>
/// The accuracies of both, how many images only one of them gets right, and whether that is more than chance (McNemar's test).
/// </example>
/// <example><code>(Compare-Network $a $b CIFAR10).OnlySecond</code>The indices of the images that only the second classifies
/// correctly.</example>
[Cmdlet(VerbsData.Compare, "Network", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Compare-Network")]
[OutputType(typeof(NetworkComparison))]
public sealed class CompareNetworkCommand : SplitCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or, where -Other is named,
    /// by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the network to compare it with, the run that trained it, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Other { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the first run's own, else the second's.</summary>
    [Parameter(Position = 2, ParameterSetName = NetworkSets.First)]
    [Parameter(ParameterSetName = NetworkSets.Piped)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether images of classes that a network lacks count as wrong, with a warning; else they are an
    /// error. Classes are matched by name, not by number.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnknownClasses { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                (Dataset data, DatasetSplit split) = Data(Dataset, source.Dataset is null ? Other : source);
                MatchedSplit Match(NetworkSource network) => MatchedClasses.Of(this, network, data, split, AllowUnknownClasses);
                WriteObject(NetworkComparer.Compare(Match(source), Match(Other), Device, Stop));
            }
        );
}
