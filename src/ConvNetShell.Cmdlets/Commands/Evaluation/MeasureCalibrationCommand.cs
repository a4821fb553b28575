using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Measures whether a network's confidence matches its accuracy: expected calibration error, and confidence and accuracy of each bin of
/// probabilities.
/// </summary>
/// <example>
/// <code>Measure-Calibration $run</code>
/// How far the probabilities are from the accuracies: expected calibration error, Brier score, and the best temperature.
/// </example>
/// <example>
/// <code>(Measure-Calibration $run -Bins 10).Bins</code>
/// Ten intervals of confidence with the accuracy in each.
/// </example>
/// <example><code>$fit = Measure-Calibration $run -Split Validation
/// Measure-Calibration $run -Split Test -Temperature $fit.BestTemperature</code>Temperature scaling: fitted on one split, measured on
/// another.</example>
/// <seealso href="https://arxiv.org/abs/1706.04599">C. Guo et al.: On calibration of modern neural networks, 2017.</seealso>
[Cmdlet(
    VerbsDiagnostic.Measure,
    "Calibration",
    DefaultParameterSetName = NetworkSets.First,
    HelpUri = ProjectLinks.Help + "Measure-Calibration"
)]
[OutputType(typeof(CalibrationReport))]
public sealed class MeasureCalibrationCommand : MatchedSplitCommand
{
    /// <summary>Gets or sets the bins of equal width that probabilities fall into. Default: 15.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Bins { get; set; } = 15;

    /// <summary>
    /// Gets or sets what the outputs are divided by before the softmax. Default: 1. The report's BestTemperature has the lowest loss on
    /// these images; fit it on Validation and use it on Test.
    /// </summary>
    [Parameter]
    [ValidateRange(1e-6, 1e6)]
    public double Temperature { get; set; } = 1;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(Network, source => WriteObject(CalibrationStatistics.Measure(Match(source), Bins, Device, Stop, Temperature)));
}
