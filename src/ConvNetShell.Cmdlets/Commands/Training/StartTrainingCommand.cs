using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>
/// Trains a copy of a network and returns the run. The run's Network has the weights of the best epoch; the network given stays as it
/// was. A piped run continues from its weights, in a new run whose StartedFrom names the old one. Ctrl+C stops after the current batch;
/// Get-TrainingRun -Last then returns the run so far. If the loss becomes NaN, the run is Failed with an error, and the next network
/// trains. -WhatIf trains three batches and shows the cost of the run.
/// </summary>
/// <example>
/// <code>New-Network -Preset CIFAR10 | Start-Training -Epochs 10</code>
/// A record for each epoch while it trains, and then the run.
/// </example>
/// <example>
/// <code>$run = New-Network LeNet5 | Start-Training -Dataset FashionMNIST -Epochs 5 -Seed 1</code>
/// A named dataset is never replaced by another.
/// </example>
/// <example>
/// <code>New-Network CIFAR10 | Start-Training -Epochs 50 -CheckpointPath ./run2 -Patience 5 `
///     -StopWhen { $_.ValidationAccuracy -ge 0.8 }</code>
/// Ends at 50 epochs, at 80 %, or after 5 epochs without improvement; Resume-Training ./run2 continues it after a crash.
/// </example>
/// <example>
/// <code>$job = New-Network CIFAR10 | Start-Training -AsJob; $job.Control.LearningRate = 0.001; $job | Wait-Job |
///     Receive-Job</code>
/// Trains in the background; the learning rate changes while it runs.
/// </example>
/// <example><code>$run = New-Network CIFAR10 | Start-Training Shapes -KeepFilters -Every 2; $run.FilterHistory | Export-Figure filters.gif
/// </code>How the first layer's filters form, every second epoch.</example>
/// <example><code>$runs = foreach ($rate in 0.02, 0.002) { $net | Start-Training Shapes -LearningRate $rate }</code>Both begin with the
/// weights of $net.</example>
/// <example><code>$more = $run | Start-Training -Epochs 5 -LearningRate 0.001; $more.StartedFrom</code>Continues a run, on the run's
/// dataset.</example>
/// <example><code>Import-Csv grid.csv | Start-Training Shapes</code>One run for each row; the columns are Network (a preset's name),
/// Epochs, LearningRate, Optimizer or any other setting.</example>
/// <seealso href="https://arxiv.org/abs/1708.07120">L. Smith and N. Topin: Super-convergence (the one-cycle schedule), 2017.</seealso>
[Cmdlet(
    VerbsLifecycle.Start,
    "Training",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = ProjectLinks.Help + "Start-Training"
)]
[OutputType(typeof(TrainingRun), typeof(TrainingPlan), typeof(TrainingJob))]
public sealed class StartTrainingCommand : TrainingSettingsCommand
{
    private const int PlannedBatches = 3;
    private const string RunPathVariable = "ConvNetRunPath";
    private readonly HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets the network, of which a copy is trained; a run goes on from its own weights, in a new run; a preset's name makes a new
    /// network. A row of a
    /// table (Import-Csv) with a column Network may be piped: its other columns are settings, and empty cells are not given.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NetworkSourceTransform(TakesRows = true)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>
    /// Gets or sets the dataset: an object, a known name or a path. Default: the run's, where a run goes on; else the preset's own, else
    /// Shapes.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [DatasetTransform(EmptyIsAbsent = true)]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets the run's name. Default: the network's, with the run's number, for example CIFAR10-3.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets a folder in which the run is kept, in a folder of its own: run.json, history.jsonl, checkpoints and the final network.
    /// Get-TrainingRun -RunPath lists the kept runs. Default: the variable $ConvNetRunPath; without it the run is not kept.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    public string? RunPath { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a network that knows other classes than the dataset's gets a new last layer for them; its
    /// other layers keep their weights. Without it other classes are an error. Classes are matched by name, in any order.
    /// </summary>
    [Parameter]
    public SwitchParameter NewClasses { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether one batch goes forwards and backwards through a copy of the network and nothing else is
    /// done; returned is the plan, as for -WhatIf.
    /// </summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Begin()
    {
        given.UnionWith(MyInvocation.BoundParameters.Keys);
        if (Dataset is null && given.Contains(nameof(Dataset)))
        {
            throw new InvalidSettingException(
                "-Dataset",
                "a dataset, a known name, a path or a run; without it the preset's own is used",
                null
            );
        }
        _ = Apply(Keeper().Begin(TrainingRecipe.For(Optimizer, preset: null))); // a bad setting is an error before any data is read
    }

    /// <inheritdoc />
    protected override void Process()
    {
        if (!Network.IsOfRow && !given.Contains(nameof(Network)))
        {
            DropPipedSettings();
        }
        Network? changed = null; // with a new last layer
        bool isTrained = false;
        try
        {
            Dataset data = Data();
            changed = NewClasses ? ClassHead.Replace(Network.Network, data.Classes, Seed ?? Network.Network.Seed) : null;
            Network network = changed ?? Network.Network;
            TrainingRunKeeper keeper = Keeper();
            TrainingSettings settings = keeper.Prepare(
                Apply(keeper.Begin(TrainingRecipe.For(Optimizer, NetworkPresets.Of(network), data))),
                IsGiven
            );
            if (DryRun || !ShouldProcess(data.Name, $"Train {network.Name}: {settings}"))
            {
                if (DryRun || MyInvocation.BoundParameters.ContainsKey("WhatIf"))
                {
                    WriteObject(TrainingPlanner.Plan(network, data, settings, DryRun ? 1 : PlannedBatches, null, Stop));
                }
                return;
            }
            isTrained = true;
            Train(changed ?? (IsOurs ? network : network.Copy()), data, settings, keeper);
        }
        finally
        {
            if (!isTrained)
            {
                changed?.Dispose();
            }
            if (IsOurs && (changed is not null || !isTrained))
            {
                Network.Network.Dispose();
            }
        }
    }

    /// <inheritdoc />
    private protected override bool IsGiven(string setting) =>
        given.Contains(setting) || (Network?.Row?.Properties[setting]?.Value is { } cell && !string.IsNullOrWhiteSpace(Values.Text(cell)));

    /// <summary>Gets a value indicating whether nobody else has the network: made from a preset's name, for one run.</summary>
    private bool IsOurs => Network.IsTemporary && !(given.Contains(nameof(Network)) && MyInvocation.ExpectingInput);

    private void Train(Network copy, Dataset data, TrainingSettings settings, TrainingRunKeeper keeper)
    {
        RunReference? from = Network.Run is { } run ? RunReference.To(run) : null;
        string? name = Name; // the parameter may change before a job begins
        Go(
            new TrainingWork(
                $"Training {copy.Name} on {data.Name}",
                (callback, stop) =>
                    keeper.Train(
                        copy,
                        data,
                        settings,
                        callback,
                        stop,
                        (kept, receiver) => Trainer.Train(copy, data, kept, receiver, stop, name, from)
                    )
            )
            {
                Source = Network.IsTemporary || NewClasses ? null : Network.Network,
                Copy = copy,
            }
        );
    }

    /// <summary>Returns where the run is kept: in the sweep's trial, in -RunPath or in $ConvNetRunPath, or nowhere.</summary>
    private TrainingRunKeeper Keeper()
    {
        string? folder = RunPath ?? (SessionState.PSVariable.GetValue(RunPathVariable) is { } preset ? Values.Text(preset) : null);
        return new TrainingRunKeeper(string.IsNullOrWhiteSpace(folder) ? null : FullPath(folder), ConvNetSession.Current.Trial);
    }

    private Dataset Data()
    {
        if (Dataset is not null)
        {
            return DefaultDataset.Fit(Network.Network, Resolve(Dataset));
        }
        if (Network.Run is not { } run)
        {
            return ReadBeside(options => DefaultDataset.For(Network.Network, options));
        }
        TrainingSettings then = run.Settings,
            now = Apply(TrainingRecipe.For(Optimizer, NetworkPresets.Of(Network.Network), run.SourceDataset));

        // Other settings would hold out other images: those the run has learned would then be validated on.
        bool holdsOutTheSame =
            (then.Seed, then.ValidationFraction, then.TrainFraction) == (now.Seed, now.ValidationFraction, now.TrainFraction);
        return holdsOutTheSame || then.OverfitBatches > 0 ? run.SourceDataset : run.Dataset;
    }

    /// <summary>
    /// A network and a run have properties too that are called as settings are (Seed, Device, Name): they are no settings of the new run.
    /// </summary>
    private void DropPipedSettings()
    {
        foreach (string name in MyInvocation.BoundParameters.Keys.Where(key => key != nameof(Network) && !given.Contains(key)).ToArray())
        {
            if (GetType().GetProperty(name) is { CanWrite: true } property)
            {
                property.SetValue(this, property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null);
            }
        }
    }
}
