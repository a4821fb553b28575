using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Highlights;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Records.Highlights;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Returns the windows of a match that a network holds for highlights, the surest first: where each begins and ends, its score, and how
/// much of the evidence comes from the picture and from the sound. Show-Figure and Export-Figure draw the rows as a contact sheet; the
/// property Timeline of a row draws the scores of the whole match.
/// </summary>
/// <example>
/// <code>$run = New-Network TwoStream -Seed 1 | Start-Training Matches -Seed 1
/// Get-Highlight $run 3 -Top 10</code>
/// <output>
/// </output>
/// </example>
/// <example>
/// <code>$best = Get-Highlight $run 3
/// $best | Export-Figure sheet.png
/// $best[0].Timeline | Export-Figure timeline.png</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "Highlight", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Highlight")]
[OutputType(typeof(Highlight))]
public sealed class GetHighlightCommand : SplitCommand
{
    /// <summary>Gets or sets the networks or runs, as the first argument or by pipe.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the match: its number in the split. Default: the first.</summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [ValidateNotNullOrEmpty]
    public string? Match { get; set; }

    /// <summary>Gets or sets how many windows are returned at most. Default: 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>
    /// Gets or sets the streams whose evidence counts: Both, Picture or Sound. Of the other stream the mean over the match counts. Default:
    /// Both.
    /// </summary>
    [Parameter]
    public HighlightStream Stream { get; set; }

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                (Dataset data, DatasetSplit split) = Data(Dataset, source);
                WriteObject(HighlightFinder.Find(source.Network, data, split, Match, Top, Stream, Device, Stop), enumerateCollection: true);
            }
        );
}
