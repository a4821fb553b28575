using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Highlights;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Highlights;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Measures how well networks find the highlights of matches: the average precision over all windows, and of the windows picked in each
/// match (the -Top with the highest scores) the recall and the precision. Floor is the average precision of a random order, Loudness that
/// of the loudest windows first. Recall is given for each side too, as a crowd that cheers for one side biases the choice, and for the
/// highlights that show in the picture, in the sound, or in both. The baselines of a network of two streams are networks of one, trained
/// alone: the presets PictureStream and SoundStream.
/// </summary>
/// <example>
/// <code>$runs = 'SoundStream', 'PictureStream', 'TwoStream' |
///     ForEach-Object { New-Network $_ -Seed 1 | Start-Training Matches -Seed 1 }
/// $runs | Measure-Highlight</code>
/// <output>
/// Network        Stream  AvgPrec Floor Loudness Top  Recall    Home    Away
/// -------        ------  ------- ----- -------- ---  ------    ----    ----
/// SoundStream    sound     0.729  0.21     0.25  10  56.6 %  75.3 %  21.8 %
/// PictureStream  picture   0.741  0.21     0.25  10  57.0 %  58.0 %  55.2 %
/// TwoStream      both      0.882  0.21     0.25  10  69.9 %  85.8 %  40.2 %
/// </output>
/// Who only listens finds the home side's highlights, as the crowd does.
/// </example>
/// <example>
/// <code>(Measure-Highlight $runs[2]).Groups</code>
/// <output>
/// By       Name      Count  Found   Recall
/// --       ----      -----  -----   ------
/// Side     home        162    139   85.8 %
/// Side     away         87     35   40.2 %
/// ShownIn  sound        79     59   74.7 %
/// ShownIn  picture      68     29   42.6 %
/// ShownIn  both        102     86   84.3 %
/// </output>
/// The highlights of either side, and those that each stream shows, among the ten best windows of each match.
/// </example>
[Cmdlet(
    VerbsDiagnostic.Measure,
    "Highlight",
    DefaultParameterSetName = NetworkSets.First,
    HelpUri = ProjectLinks.Help + "Measure-Highlight"
)]
[OutputType(typeof(HighlightReport))]
public sealed class MeasureHighlightCommand : NetworkSplitCommand
{
    /// <summary>Gets or sets how many windows of each match are picked. Default: 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>
    /// Gets or sets the streams whose evidence counts: Both, Picture or Sound. Of the other stream the mean over all windows counts.
    /// Default: Both.
    /// </summary>
    [Parameter]
    public HighlightStream Stream { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                (Dataset data, DatasetSplit split) = Data(Dataset, source);
                WriteObject(HighlightMeasurer.Measure(source.Network, data, split, Top, Stream, Device, Stop));
            }
        );
}
