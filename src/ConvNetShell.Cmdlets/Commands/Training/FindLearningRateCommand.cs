using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Suggests a learning rate. It trains a copy of the network for some steps while the rate grows, and suggests the rate at which the
/// smoothed loss falls fastest. The network stays as it is. Points has the curve.
/// </summary>
/// <example>
/// <code>$found = New-Network CIFAR10 | Find-LearningRate CIFAR10; $found.Suggestion</code>
/// A rate at which the loss falls fastest, for example 0.02; $found | Show-Figure draws the curve.
/// </example>
/// <example>
/// <code>New-Network LeNet5 | Find-LearningRate FashionMNIST -Optimizer AdamW -From 1e-6 -To 1</code>
/// Another optimizer, between other bounds.
/// </example>
/// <seealso href="https://arxiv.org/abs/1506.01186">L. Smith: Cyclical learning rates for training neural networks, 2015.</seealso>
[Cmdlet(VerbsCommon.Find, "LearningRate", HelpUri = ProjectLinks.Help + "Find-LearningRate")]
[OutputType(typeof(LearningRateSearch))]
public sealed class FindLearningRateCommand : DataCommand
{
    private const int ActivityId = 1;

    /// <summary>Gets or sets the network, or a preset's name.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the preset's own, else Shapes.</summary>
    [Parameter(Position = 0)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets the first rate. Default: 1e-7.</summary>
    [Parameter]
    public double From { get; set; } = 1e-7;

    /// <summary>Gets or sets the last rate. Default: 10.</summary>
    [Parameter]
    public double To { get; set; } = 10;

    /// <summary>Gets or sets the steps from the first to the last, 20 or more. Default: 100.</summary>
    [Parameter]
    public int Steps { get; set; } = 100;

    /// <summary>Gets or sets the images in a step. Default: the preset's, else 64.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets the optimizer. Default: the preset's, else SGD.</summary>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>Gets or sets the seed of shuffling and augmentation. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Dataset is null
            ? ReadBeside(options => DefaultDataset.For(Network, options))
            : DefaultDataset.Fit(Network, Resolve(Dataset));
        TrainingSettings recipe = TrainingRecipe.For(Optimizer, NetworkPresets.Of(Network), data);
        TrainingSettings settings = recipe with { BatchSize = BatchSize ?? recipe.BatchSize, Seed = Seed, Device = Device };
        using var bar = new DataProgressBar(this, ActivityId);
        WriteObject(
            RunBeside(queue =>
            {
                IProgress<DataProgress> shown = bar.On(queue);
                var progress = new FractionProgress(fraction =>
                    shown.Report(new DataProgress($"Finding a learning rate for {Network.Name}", (long)(fraction * Steps), Steps, "steps"))
                );
                return LearningRateFinder.Find(Network, data, settings, From, To, Steps, progress, Stop);
            })
        );
    }
}
