using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>
/// Trains a network in place and returns the run, with the weights of the best epoch in the network. Ctrl+C stops
/// after the present batch; Get-TrainingRun -Last then returns the run so far. -WhatIf shows what it would cost, by three batches on a copy.
/// </summary>
/// <example><code>New-Network -Preset CIFAR10 | Start-Training -Epochs 10</code></example>
/// <example><code>$run = New-Network LeNet5 | Start-Training -Dataset FashionMNIST -Epochs 5 -Seed 1</code></example>
/// <example><code>New-Network CIFAR10 | Start-Training -Epochs 50 -CheckpointPath ./run1 -Patience 5 -StopWhen { $_.ValidationAccuracy -ge 0.8 }</code></example>
/// <example><code>$job = New-Network CIFAR10 | Start-Training -AsJob; $job.Control.LearningRate = 0.001; $job | Wait-Job | Receive-Job</code></example>
[Cmdlet(VerbsLifecycle.Start, "Training", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TrainingRun), typeof(TrainingPlan), typeof(TrainingJob))]
public sealed class StartTrainingCommand : TrainingSettingsCommand
{
    private const int PlannedBatches = 3;

    /// <summary>Gets or sets the network; a preset's name makes a new one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [NetworkTransform]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the preset's own, else Shapes.</summary>
    [Parameter(Position = 0)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets a value indicating whether one batch goes forwards and backwards through a copy of the network and nothing else is done; returned is the plan, as for -WhatIf.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Begin() => _ = Apply(TrainingRecipe.For(Optimizer, preset: null)); // a bad setting is told before any data is read

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Dataset is null ? ReadBeside(options => DefaultDataset.For(Network, options)) : Resolve(Dataset);
        TrainingSettings settings = Apply(TrainingRecipe.For(Optimizer, NetworkPresets.Of(Network), data));
        if (DryRun || !ShouldProcess(data.Name, $"Train {Network.Name}: {settings}"))
        {
            if (DryRun || MyInvocation.BoundParameters.ContainsKey("WhatIf"))
            {
                WriteObject(TrainingPlanner.Plan(Network, data, settings, DryRun ? 1 : PlannedBatches, null, Stop));
            }
            return;
        }
        Network network = Network; // the parameter may change before a job begins
        Go($"Training {Network.Name} on {data.Name}", (callback, stop) => Trainer.Train(network, data, settings, callback, stop));
    }
}
