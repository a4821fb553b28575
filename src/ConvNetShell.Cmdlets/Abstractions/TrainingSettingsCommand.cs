using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>The settings of a run as parameters; what is not given stays as the recipe has it.</summary>
public abstract class TrainingSettingsCommand : TrainingCommand
{
    /// <summary>Gets or sets how often every training image is seen. Default: 10.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Epochs { get; set; }

    /// <summary>Gets or sets the images in a step. Default: the preset's, else 64.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets the batches whose gradients add up to one step. Default: 1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? AccumulateBatches { get; set; }

    /// <summary>
    /// Gets or sets the largest learning rate of the run. Default: the preset's, else 0.02 for SGD, 0.002 for Adam, AdamW and Muon, 1 for
    /// Adadelta, 0.001 for RMSprop.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? LearningRate { get; set; }

    /// <summary>
    /// Gets or sets the optimizer: SGD, Adam, AdamW, Adadelta (ConvNetJS's), RMSprop or Muon. Default: the preset's, else SGD.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(OptimizerKind))]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>Gets or sets the momentum of SGD, RMSprop and Muon. Default: 0.9.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? Momentum { get; set; }

    /// <summary>Gets or sets a value indicating whether SGD's momentum is plain, not Nesterov's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter NoNesterov { get; set; }

    /// <summary>Gets or sets the weight decay (L2). Default: 5e-4.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? WeightDecay { get; set; }

    /// <summary>Gets or sets a value indicating whether biases and normalization are left out of the weight decay.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter ExcludeBiasAndNormFromDecay { get; set; }

    /// <summary>Gets or sets how the learning rate moves: OneCycle (the default), Cosine, Constant, Step, Plateau or Triangular.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(ScheduleKind))]
    public ScheduleKind? Schedule { get; set; }

    /// <summary>Gets or sets the epochs over which the learning rate rises in a line, fractions too. Default: the schedule's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? WarmupEpochs { get; set; }

    /// <summary>
    /// Gets or sets the epochs from one step down to the next (Step), or without improvement before one (Plateau). Default: a third of the
    /// run.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? StepSize { get; set; }

    /// <summary>Gets or sets what a step down multiplies the learning rate by. Default: 0.1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? Gamma { get; set; }

    /// <summary>Gets or sets the largest length of all gradients together; longer ones are shortened. Default: no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? ClipNorm { get; set; }

    /// <summary>Gets or sets the share of the target that is spread evenly over all classes. Default: 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? LabelSmoothing { get; set; }

    /// <summary>
    /// Gets or sets what each class's loss is multiplied by: a number a class, in their order, or Balanced, which makes all classes count
    /// alike.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ClassWeightTransform]
    [ArgumentCompleter(typeof(ClassWeightCompleter))]
    public ClassWeights? ClassWeight { get; set; }

    /// <summary>
    /// Gets or sets whether averaged weights are validated and kept: EMA (moving average over steps), SWA (mean over the last quarter's
    /// epochs). Default: None.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(AverageKind))]
    public AverageKind? Average { get; set; }

    /// <summary>Gets or sets how much of the moving average stays at each step. Default: 0.999.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? AverageDecay { get; set; }

    /// <summary>
    /// Gets or sets the share of Train held out where the dataset has no Validation split; 0 holds out nothing. Default: 0.1.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? ValidationFraction { get; set; }

    /// <summary>Gets or sets the share of the training images that is used, of each class alike. Default: 1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? TrainFraction { get; set; }

    /// <summary>Gets or sets a number of batches that are all the run sees, to check a model: one that cannot bring the loss on two batches
    /// near zero has a mistake in it.
    /// The run ends when their loss is 0.01 or less, after up to 300 epochs, and warns where it does not get there. Unless given, the rate
    /// is constant, gradients are clipped at 1, and weight decay, label smoothing, averaging and augmentation are off.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? OverfitBatches { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether images are left as they are. Default: what Add-Augmentation gave the dataset; CIFAR images
    /// are flipped and shifted by up to 2 pixels.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter NoAugmentation { get; set; }

    /// <summary>
    /// Gets or sets the figure that tells the best epoch: ValidationAccuracy (the default), ValidationLoss, TrainAccuracy or TrainLoss.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(MonitorKind))]
    public MonitorKind? Monitor { get; set; }

    /// <summary>Gets or sets the epochs without improvement after which the run ends. Default: it goes on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Patience { get; set; }

    /// <summary>
    /// Gets or sets the time after which the run ends, within a batch: a number is seconds, '00:10:00' (hours:minutes:seconds) ten minutes,
    /// '1:30' an hour and a half.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeSpanTransform("-MaxTime")]
    public TimeSpan? MaxTime { get; set; }

    /// <summary>Gets or sets the steps after which the run ends.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(long))]
    public long? MaxSteps { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the last weights stay in the network, not those of the best epoch. Default: the preset's,
    /// for CIFAR10Fast it is so, else not.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter KeepLast { get; set; }

    /// <summary>Gets or sets a folder to save the run in, so that Resume-Training can go on with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    public string? CheckpointPath { get; set; }

    /// <summary>Gets or sets the epochs from one checkpoint to the next. Default: 1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? CheckpointEvery { get; set; }

    /// <summary>Gets or sets the steps from one checkpoint to the next within an epoch. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? CheckpointSteps { get; set; }

    /// <summary>Gets or sets how many of the best epochs' checkpoints are kept besides the latest. Default: 1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? KeepTop { get; set; }

    /// <summary>Gets or sets the seed of shuffling, augmentation, dropout and the held-out images. Default: 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Seed { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <summary>
    /// Gets or sets the numbers convolutions are computed with: Auto (the default: bfloat16 where the processor or GPU has it), Float32 or
    /// BFloat16. Weights, gradients and the loss are float32.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(Precision))]
    public Precision? Precision { get; set; }

    /// <summary>Gets or sets the threads that compute. Default: one for each physical core.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Threads { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a GPU may only use algorithms that give the same result each time; the CPU always does.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>Returns a recipe with what the user chose.</summary>
    private protected TrainingSettings Apply(TrainingSettings recipe) =>
        Change(OverfitBatches is int batches and not 0 ? TrainingRecipe.ForOverfitting(recipe, batches) : recipe);

    private TrainingSettings Change(TrainingSettings recipe) =>
        (StepSize is double every ? recipe with { StepSize = every } : recipe) with
        {
            Epochs = Epochs ?? recipe.Epochs,
            BatchSize = BatchSize ?? recipe.BatchSize,
            AccumulateBatches = AccumulateBatches ?? recipe.AccumulateBatches,
            LearningRate = LearningRate ?? recipe.LearningRate,
            Momentum = Momentum ?? recipe.Momentum,
            Nesterov = !NoNesterov && recipe.Nesterov,
            WeightDecay = WeightDecay ?? recipe.WeightDecay,
            ExcludeBiasAndNormFromDecay = ExcludeBiasAndNormFromDecay || recipe.ExcludeBiasAndNormFromDecay,
            Schedule = Schedule ?? recipe.Schedule,
            WarmupEpochs = WarmupEpochs ?? recipe.WarmupEpochs,
            Gamma = Gamma ?? recipe.Gamma,
            ClipNorm = ClipNorm ?? recipe.ClipNorm,
            LabelSmoothing = LabelSmoothing ?? recipe.LabelSmoothing,
            ClassWeights = ClassWeight?.Weights,
            BalanceClasses = ClassWeight is { Weights: null },
            Average = Average ?? recipe.Average,
            AverageDecay = AverageDecay ?? recipe.AverageDecay,
            ValidationFraction = ValidationFraction ?? recipe.ValidationFraction,
            TrainFraction = TrainFraction ?? recipe.TrainFraction,
            Augmentation = NoAugmentation ? Augmentation.None : recipe.Augmentation,
            Monitor = Monitor ?? recipe.Monitor,
            Patience = Patience ?? 0,
            MaxTime = MaxTime,
            MaxSteps = MaxSteps ?? 0,
            KeepLast = IsGiven(nameof(KeepLast)) ? KeepLast : recipe.KeepLast,
            Checkpoints = Checkpoints(),
            Seed = Seed ?? recipe.Seed,
            Device = Device ?? ComputeDevice.Auto,
            Precision = Precision ?? recipe.Precision,
            Threads = Threads ?? 0,
            Deterministic = Deterministic,
        };

    private CheckpointSettings? Checkpoints()
    {
        if (CheckpointPath is null)
        {
            return CheckpointEvery is null && CheckpointSteps is null && KeepTop is null
                ? null
                : throw new InvalidSettingException("-CheckpointPath", "given with -CheckpointEvery, -CheckpointSteps and -KeepTop", null);
        }
        var settings = new CheckpointSettings { Path = FullPath(CheckpointPath) };
        return settings with
        {
            Every = CheckpointEvery ?? settings.Every,
            EverySteps = CheckpointSteps ?? settings.EverySteps,
            KeepTop = KeepTop ?? settings.KeepTop,
        };
    }

    /// <summary>Returns whether the user gave a setting, on the line or in the present row of a table.</summary>
    private protected virtual bool IsGiven(string setting) => MyInvocation.BoundParameters.ContainsKey(setting);
}
