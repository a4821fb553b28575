using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Measures the captions of a network beside two baselines: the commonest caption of Train for every image, and the caption of the picture of
/// Train with the most similar pixels. FactsRight is the fraction of the facts that a caption states rightly (count, size, color and shape of
/// each group of objects, and where it lies), ExactRight that of the images of which every fact is right; a caption that the grammar of
/// Scenes does not have states none. BLEU-1 to BLEU-4 (Papineni 2002) and CIDEr (Vedantam 2015) compare words. Where the dataset has the
/// attribute Combination, as Scenes has, each of its groups has figures of its own.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Caption", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Measure-Caption")]
[OutputType(typeof(CaptionReport))]
public sealed class MeasureCaptionCommand : SplitCommand
{
    /// <summary>Gets or sets the networks or runs, as the first argument or by pipe.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
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

    /// <summary>
    /// Gets or sets how many captions of an image are followed at a time; 1 takes the most probable word each time. Default: 3.
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
                (Dataset data, DatasetSplit split) = Data(Dataset, source);
                WriteObject(CaptionMeasurer.Measure(source.Network, data, split, Beam, Device, Stop));
            }
        );
}
