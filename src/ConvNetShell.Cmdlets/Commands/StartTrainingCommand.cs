using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Extensions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>
/// Trains a network in place and returns the run, with the weights of the best epoch in the network. Ctrl+C stops
/// after the present batch; Get-TrainingRun -Last then returns the run so far.
/// </summary>
/// <example><code>New-Network -Preset CIFAR10 | Start-Training -Epochs 10</code></example>
/// <example><code>$run = New-Network LeNet5 | Start-Training -Dataset FashionMNIST -Epochs 5 -Seed 1</code></example>
[Cmdlet(VerbsLifecycle.Start, "Training")]
[OutputType(typeof(TrainingRun))]
public sealed class StartTrainingCommand : DataCommand
{
    /// <summary>Gets or sets the network; a preset's name makes a new one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [NetworkTransform]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the preset's own, else Shapes.</summary>
    [Parameter(Position = 0)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets how often every training image is seen. Default: 10.</summary>
    [Parameter]
    public int? Epochs { get; set; }

    /// <summary>Gets or sets the images in a step. Default: the preset's, else 64.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets the largest learning rate of the run. Default: the preset's, else 0.02 for SGD, 0.002 for Adam and AdamW.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>Gets or sets the optimiser: SGD, Adam or AdamW. Default: the preset's, else SGD.</summary>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>Gets or sets the Nesterov momentum of SGD. Default: 0.9.</summary>
    [Parameter]
    public double? Momentum { get; set; }

    /// <summary>Gets or sets the weight decay (L2). Default: 5e-4.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>Gets or sets how the learning rate moves: OneCycle (the default), Cosine or Constant.</summary>
    [Parameter]
    public ScheduleKind Schedule { get; set; }

    /// <summary>Gets or sets the share of Train held out where the dataset has no Validation split; 0 holds out nothing. Default: 0.1.</summary>
    [Parameter]
    public double? Validation { get; set; }

    /// <summary>Gets or sets a value indicating whether images are left as they are; otherwise CIFAR images are flipped and shifted by up to 2 pixels.</summary>
    [Parameter]
    public SwitchParameter NoAugmentation { get; set; }

    /// <summary>Gets or sets the seed of shuffling, augmentation, dropout and the held-out images. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Begin() => _ = Settings(TrainingRecipe.For(Optimizer, preset: null)); // a bad setting is told before any data is read

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Dataset is null ? ReadBeside(options => DefaultDataset.For(Network, options)) : Resolve(Dataset);
        var progress = new TrainingProgress(this, $"Training {Network.Name} on {data.Name}", StopProcessing);
        try
        {
            TrainingRun run = Trainer.Train(Network, data, Settings(TrainingRecipe.For(Optimizer, Network.Preset, data)), progress, Stop);
            ConvNetSession.Current.Remember(run);
            progress.Complete();
            WriteObject(run);
        }
        catch (NonFiniteLossException error)
        {
            ConvNetSession.Current.Remember(error.Run);
            ThrowTerminatingError(error.ToErrorRecord(error.Run));
        }
    }

    private TrainingSettings Settings(TrainingSettings recipe) => recipe with
    {
        Epochs = Epochs ?? recipe.Epochs,
        BatchSize = BatchSize ?? recipe.BatchSize,
        LearningRate = LearningRate ?? recipe.LearningRate,
        Momentum = Momentum ?? recipe.Momentum,
        WeightDecay = WeightDecay ?? recipe.WeightDecay,
        Validation = Validation ?? recipe.Validation,
        Augmentation = NoAugmentation ? Augmentation.None : recipe.Augmentation,
        Schedule = Schedule,
        Seed = Seed,
        Device = Device,
    };
}
