using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>Measures the accuracy of a network: top-1 with its 95 % interval, top-3, and precision, recall and F1 of each class.</summary>
/// <example><code>$run | Measure-Accuracy</code></example>
/// <example><code>(Measure-Accuracy $run).PerClass | Sort-Object F1</code></example>
[Cmdlet(VerbsDiagnostic.Measure, "Accuracy", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Measure-Accuracy")]
[OutputType(typeof(AccuracyReport))]
public sealed class MeasureAccuracyCommand : MatchedSplitCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
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

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(Network, source => WriteObject(Evaluator.Measure(Match(Dataset, source), Device, null, Stop)));
}
