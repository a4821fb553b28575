using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Measures the captions of a network beside two baselines: the commonest caption of Train for every image, and the caption of the
/// picture of Train with the most similar pixels. FactsRight is the fraction of the facts that captions state rightly (count, size,
/// color and shape of each group of objects, and where it lies), ExactRight that of the images of which every fact is right; a caption
/// that the grammar of Scenes does not have states none. BLEU-1 to BLEU-4 (Papineni 2002) and CIDEr (Vedantam 2015) compare words.
/// Where the dataset has the attribute Combination, as Scenes has, each of its groups has figures of its own.
/// </summary>
/// <example>
/// <code>$run = New-Network ShowAttendAndTell -Seed 1 | Start-Training Scenes -Seed 1
/// Measure-Caption $run</code>
/// <output>
/// Network : ShowAttendAndTell
/// Data    : Scenes Test, beam 3
/// Scores  : network, all: facts 90.5 %, exact 67.1 %, BLEU-4 0.77
///           commonest, all: facts 12.8 %, exact 0.1 %, BLEU-4 0.01
///           nearest, all: facts 44.7 %, exact 1.6 %, BLEU-4 0.24
///           network, seen: facts 93.5 %, exact 78.0 %, BLEU-4 0.82
///           commonest, seen: facts 12.7 %, exact 0.2 %, BLEU-4 0.01
///           nearest, seen: facts 45.6 %, exact 3.2 %, BLEU-4 0.25
///           network, unseen: facts 87.5 %, exact 56.2 %, BLEU-4 0.73
///           commonest, unseen: facts 12.9 %, exact 0.0 %, BLEU-4 0.00
///           nearest, unseen: facts 43.9 %, exact 0.0 %, BLEU-4 0.23
/// </output>
/// On 500 pictures of known and 500 of unknown combinations of color and shape.
/// </example>
/// <example>
/// <code>(Measure-Caption $run).FactsRight</code>
/// <output>
/// 0.905075445816187
/// </output>
/// A number from 0 to 1, for a test of your own.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "Caption", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Measure-Caption")]
[OutputType(typeof(CaptionReport))]
public sealed class MeasureCaptionCommand : NetworkSplitCommand
{
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
