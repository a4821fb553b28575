using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
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
public sealed class GetConfusionMatrixCommand : MatchedSplitCommand
{
    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() => EachNetwork(Network, source => WriteObject(ConfusionMatrices.Get(Match(source), Device, Stop)));
}
