using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Measures how the layers of a network behave on images: mean and standard deviation of the output, dead ReLU units, saturation,
/// weights, gradients, and the ratio of an update to the weight.
/// </summary>
/// <example>
/// <code>Measure-Layer $run</code>
/// A row for each layer: mean and spread of its outputs, dead units, gradient norm and update ratio.
/// </example>
/// <example>
/// <code>Measure-Layer $run | Where-Object DeadFraction -gt 0.1</code>
/// The layers in which more than a tenth of the units never respond.
/// </example>
/// <example><code>New-Network CIFAR10 | Measure-Layer -Dataset Shapes -LearningRate 0.01</code>A network before training.</example>
[Cmdlet(VerbsDiagnostic.Measure, "Layer", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Measure-Layer")]
[OutputType(typeof(LayerMeasure))]
public sealed class MeasureLayerCommand : NetworkSplitCommand
{
    private const double UsualRate = 0.01;

    /// <summary>Gets or sets the layers to show; wildcards are allowed. Default: all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = ["*"];

    /// <summary>Gets or sets the number of images, the first of the split. Default: 256.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 256;

    /// <summary>Gets or sets the learning rate that update ratios are worked out with. Default: the run's, else 0.01.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                (Dataset data, DatasetSplit split) = Data(Dataset, source);
                HashSet<string> layers = [.. LayersOf(source.Network, Layer)];
                if (layers.Count == 0)
                {
                    return;
                }
                DatasetSplit part = split.Count > Count ? split.Take([.. Enumerable.Range(0, Count)]) : split;
                double rate = LearningRate ?? source.LearningRate ?? UsualRate;
                WriteObject(
                    LayerStatistics
                        .Measure(MatchedSplit.Of(source.Network, data, part), rate, Device, Stop)
                        .Where(row => layers.Contains(row.Layer)),
                    enumerateCollection: true
                );
            }
        );
}
