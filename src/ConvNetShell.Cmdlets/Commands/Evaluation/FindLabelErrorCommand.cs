using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Finds images whose label may be wrong: the network is more confident of another class than it usually is of that class. It works best
/// on images that the network was not trained on.
/// </summary>
/// <example>
/// <code>Find-LabelError $run -Top 10</code>
/// The ten images whose label the network believes least, with the class it sees.
/// </example>
/// <example>
/// <code>Find-LabelError $run photos -Split Train | Where-Object Label -eq cat</code>
/// Training pictures in the folder cat that look like something else.
/// </example>
/// <seealso href="https://arxiv.org/abs/1911.00068">C. Northcutt et al.: Confident learning, 2019.</seealso>
[Cmdlet(VerbsCommon.Find, "LabelError", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Find-LabelError")]
[OutputType(typeof(LabelErrorCandidate))]
public sealed class FindLabelErrorCommand : MatchedSplitCommand
{
    /// <summary>Gets or sets how many candidates at most, the likeliest errors first. Default: 20.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 20;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(Network, source => WriteObject(LabelErrorFinder.Find(Match(source), Top, Device, Stop), enumerateCollection: true));
}
