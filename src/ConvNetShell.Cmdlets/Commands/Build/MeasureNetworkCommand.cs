using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Profiling;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Measures the cost of each layer in training: time forwards and backwards, memory, images a second, arithmetic a second and its
/// fraction of the highest rate seen (in a matrix product before and after, or in a layer). Each layer runs alone with all threads, in
/// execution order: max pooling runs before the preceding ReLU. Layers that are computed together with a convolution have one row with
/// it. Convolutions by minimal filtering count the products of their definition, of which they do a quarter. The last row measures whole
/// steps of Start-Training; these take less time than the layers together where several threads split the batch, or where convolutions and
/// the normalizations behind them are computed together, as in ResNet20 and CIFAR10Fast on processors with AVX-512. The network is not
/// changed.
/// </summary>
/// <example>
/// <code>New-Network CIFAR10 | Measure-Network -BatchSize 128</code>
/// The time of each layer, forward and backward, and the images a second.
/// </example>
/// <example>
/// <code>Measure-Network AlexNet -BatchSize 16 -Precision Float32 | Sort-Object TimeFraction -Descending |
///     Select-Object -First 3</code>
/// The three layers that take longest.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "Network", HelpUri = ProjectLinks.Help + "Measure-Network")]
[OutputType(typeof(LayerTiming))]
public sealed class MeasureNetworkCommand : EvaluationCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>Gets or sets the samples in a batch, 2 or more. Default: 128.</summary>
    [Parameter]
    public int BatchSize { get; set; } = 128;

    /// <summary>Gets or sets how often each layer is measured; the medians count. Default: 10.</summary>
    [Parameter]
    public int Rounds { get; set; } = 10;

    /// <summary>Gets or sets the numbers convolutions are computed with: Auto (the default), Float32 or BFloat16.</summary>
    [Parameter]
    public Precision Precision { get; set; }

    /// <summary>Gets or sets the threads that compute. Default: one for each physical core.</summary>
    [Parameter]
    public int? Threads { get; set; }

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
                WriteObject(
                    NetworkTimer.Measure(
                        source.Network,
                        BatchSize,
                        Rounds,
                        new TrainingSettings
                        {
                            Device = Device,
                            Precision = Precision,
                            Threads = Threads ?? 0,
                        },
                        Stop
                    ),
                    enumerateCollection: true
                )
        );
}
