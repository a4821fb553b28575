using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Everything that decides a run besides its network and data. Checked when made.</summary>
public sealed record TrainingSettings
{
    /// <summary>Gets whose defaults were taken where the user chose nothing: a preset's name, or general.</summary>
    public string Recipe { get; init; } = "general";

    /// <summary>Gets the times every training image is seen. Default: 10.</summary>
    public int Epochs
    {
        get;
        init => field = AtLeastOne("-Epochs", value);
    } = 10;

    /// <summary>Gets the images in a step. Default: 64.</summary>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne("-BatchSize", value);
    } = 64;

    /// <summary>Gets the batches whose gradients add up to one step. Default: 1.</summary>
    public int AccumulateBatches
    {
        get;
        init => field = AtLeastOne("-AccumulateBatches", value);
    } = 1;

    /// <summary>
    /// Gets the largest learning rate of the run. Default: 0.02 for SGD, 0.002 for Adam, AdamW and Muon, 1 for Adadelta, 0.001 for RMSprop.
    /// </summary>
    public double LearningRate
    {
        get;
        init => field = Above0("-LearningRate", value);
    } = 0.02;

    /// <summary>Gets the optimizer. Default: SGD.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Gets the momentum of SGD, RMSprop and Muon. Default: 0.9.</summary>
    public double Momentum
    {
        get;
        init => field = Within("-Momentum", "0 or more and below 1", value, value is >= 0 and < 1);
    } = 0.9;

    /// <summary>Gets a value indicating whether SGD's momentum looks ahead (Nesterov). Default: it does.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>Gets the weight decay. Default: 5e-4.</summary>
    public double WeightDecay
    {
        get;
        init => field = AtLeast0("-WeightDecay", value);
    } = 5e-4;

    /// <summary>Gets a value indicating whether biases and normalization are left out of the decay. Default: they are not.</summary>
    public bool ExcludeBiasAndNormFromDecay { get; init; }

    /// <summary>Gets how the learning rate moves. Default: OneCycle.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Gets the epochs over which the learning rate rises in a line; 0, the default, takes the schedule's own.</summary>
    public double WarmupEpochs
    {
        get;
        init => field = AtLeast0("-WarmupEpochs", value);
    }

    /// <summary>
    /// Gets the epochs from one step down to the next (Step), or without improvement before one (Plateau). Default: a third of the run.
    /// </summary>
    public double StepSize
    {
        get => field > 0 ? field : Math.Max(Epochs / 3.0, 1);
        init => field = Above0("-StepSize", value);
    }

    /// <summary>Gets what a step down multiplies the learning rate by. Default: 0.1.</summary>
    public double Gamma
    {
        get;
        init => field = Within("-Gamma", "above 0 and below 1", value, value is > 0 and < 1);
    } = 0.1;

    /// <summary>Gets the largest norm of all gradients together; longer ones are shortened to it. 0, the default, leaves them.</summary>
    public double ClipNorm
    {
        get;
        init => field = AtLeast0("-ClipNorm", value);
    }

    /// <summary>
    /// Gets the share of the target that is spread evenly over all classes (Szegedy et al., arXiv 1512.00567). Default: 0.
    /// </summary>
    public double LabelSmoothing
    {
        get;
        init => field = Within("-LabelSmoothing", "0 or more and below 1", value, value is >= 0 and < 1);
    }

    /// <summary>
    /// Gets what each class's loss is multiplied by; <see langword="null"/>, the default, is 1 for all. Their mean over the images should
    /// be about 1.
    /// </summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Gets a value indicating whether classes weigh as much as each other however many images they have: each by images / (classes x its
    /// images).
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Gets whether averaged weights are validated and kept. Default: None.</summary>
    public AverageKind Average { get; init; }

    /// <summary>Gets how much of the moving average stays at each step. Default: 0.999.</summary>
    public double AverageDecay
    {
        get;
        init => field = Within("-AverageDecay", "0 or more and below 1", value, value is >= 0 and < 1);
    } = 0.999;

    /// <summary>Gets the share of Train held out where the dataset has no Validation split; 0 holds out nothing. Default: 0.1.</summary>
    public double ValidationFraction
    {
        get;
        init =>
            field = Within("-ValidationFraction", "a fraction of the training images, 0 or more and below 1", value, value is >= 0 and < 1);
    } = 0.1;

    /// <summary>Gets the share of the training images that is used, of each class alike. Default: 1.</summary>
    public double TrainFraction
    {
        get;
        init => field = Within("-TrainFraction", "a fraction above 0 and at most 1", value, value is > 0 and <= 1);
    } = 1;

    /// <summary>
    /// Gets the number of batches that are all the run sees, without augmentation or a held-out split; 0, the default, is all data.
    /// </summary>
    public int OverfitBatches
    {
        get;
        init => field = value >= 0 ? value : throw new InvalidSettingException("-OverfitBatches", "0 (all data) or more batches", value);
    }

    /// <summary>Gets what is done to training images. Default: nothing.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>Gets the figure that tells the best epoch. Default: ValidationAccuracy.</summary>
    public MonitorKind Monitor { get; init; }

    /// <summary>Gets the epochs without improvement after which the run ends; 0, the default, waits for ever.</summary>
    public int Patience
    {
        get;
        init => field = value >= 0 ? value : throw new InvalidSettingException("-Patience", "0 (for ever) or more epochs", value);
    }

    /// <summary>Gets the time after which the run ends, within a batch. Default: none.</summary>
    public TimeSpan? MaxTime
    {
        get;
        init =>
            field =
                value is null || value > TimeSpan.Zero ? value : throw new InvalidSettingException("-MaxTime", "a time above zero", value);
    }

    /// <summary>Gets the steps after which the run ends; 0, the default, is no limit.</summary>
    public long MaxSteps
    {
        get;
        init => field = value >= 0 ? value : throw new InvalidSettingException("-MaxSteps", "0 (no limit) or more steps", value);
    }

    /// <summary>Gets a value indicating whether the last weights are left in the network, not those of the best epoch.</summary>
    public bool KeepLast { get; init; }

    /// <summary>Gets where the run is saved; <see langword="null"/>, the default, nowhere.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>Gets the seed of shuffling, augmentation, dropout and the held-out images. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the device: auto, cpu, cuda, cuda:1 or mps. Default: auto, which takes a GPU where there is one.</summary>
    public string Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Gets the numbers convolutions are computed with. Default: Auto; a run's own settings say which it was.</summary>
    public Precision Precision { get; init; }

    /// <summary>Gets the threads that compute; 0, the default, is one for each physical core.</summary>
    public int Threads
    {
        get;
        init => field = value >= 0 ? value : throw new InvalidSettingException("-Threads", "0 (physical cores) or more", value);
    }

    /// <summary>
    /// Gets a value indicating whether a GPU may only use algorithms that give the same result each time. On the CPU they always do.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>Says what was chosen; what is as usual is left out.</summary>
    /// <returns>For example
    /// <c>10 epochs, batch 64, SGD at 0.02 (OneCycle), momentum 0.9, weight decay 0.0005, augmentation none, bfloat16</c>.</returns>
    public override string ToString() => TrainingSettingsText.Write(this);

    private static int AtLeastOne(string setting, int value) =>
        value >= 1 ? value : throw new InvalidSettingException(setting, "an integer of 1 or more", value);

    private static double Above0(string setting, double value) =>
        Within(setting, "a finite number above 0", value, value > 0 && double.IsFinite(value));

    private static double AtLeast0(string setting, double value) =>
        Within(setting, "a finite number of 0 or more", value, value >= 0 && double.IsFinite(value));

    private static double Within(string setting, string expected, double value, bool isWithin) =>
        isWithin ? value : throw new InvalidSettingException(setting, expected, value);
}
