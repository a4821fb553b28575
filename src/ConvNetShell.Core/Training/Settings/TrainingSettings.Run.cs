using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;

namespace ConvNetShell.Core.Training.Settings;

/// <content>The images of a run, its end, and where it computes.</content>
public sealed partial record TrainingSettings
{
    /// <summary>
    /// Gets the fraction of Train that is held out where the dataset has no Validation split; 0 holds out nothing. Default: 0.1.
    /// </summary>
    [Setting(SettingGroup.Data, Unit = "of the training images", Least = 0, Below = 1)]
    public double ValidationFraction
    {
        get;
        init => field = Check(value);
    } = 0.1;

    /// <summary>Gets the fraction of the training images that is used, of each class alike. Default: 1.</summary>
    [Setting(SettingGroup.Data, Unit = "of the training images", Above = 0, Most = 1)]
    public double TrainFraction
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// Gets a number of batches that are all the run sees, to check a model: one that cannot bring the loss on two batches near zero has
    /// a mistake in it. The run ends when their loss is 0.01 or less, after up to 300 epochs, and warns where it does not get there.
    /// Unless given, the rate is constant, gradients are clipped at 1, and weight decay, label smoothing, averaging and augmentation are
    /// off. 0 is all data. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Data, Unit = "batches", Least = 0, Zero = "all data")]
    public int OverfitBatches
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets a value indicating whether an epoch leaves out its last batch where that has fewer images than the others; other images are in
    /// it in each epoch.
    /// </summary>
    [Setting(SettingGroup.Data)]
    public bool DropLast { get; init; }

    /// <summary>Gets the random changes to training images. Default: the dataset's.</summary>
    [Setting(SettingGroup.Data, Parameter = "NoAugmentation", Default = "the dataset's")]
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>
    /// Gets the metric that chooses the best epoch: ValidationAccuracy, ValidationLoss, TrainAccuracy or TrainLoss. Default:
    /// ValidationAccuracy.
    /// </summary>
    [Setting(SettingGroup.End)]
    public MonitorKind Monitor { get; init; }

    /// <summary>Gets the epochs without improvement after which the run ends; 0 is no limit. Default: 0.</summary>
    [Setting(SettingGroup.End, Unit = "epochs", Least = 0, Zero = "no limit")]
    public int Patience
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the time after which the run ends, within a batch: a number is seconds, '00:10:00' (hours:minutes:seconds) ten minutes,
    /// '1:30' an hour and a half. Default: none.
    /// </summary>
    [Setting(SettingGroup.End, Unit = "seconds", Above = 0)]
    public TimeSpan? MaxTime
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Gets the steps after which the run ends; 0 is no limit. Default: 0.</summary>
    [Setting(SettingGroup.End, Unit = "steps", Least = 0, Zero = "no limit")]
    public long MaxSteps
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets a value indicating whether the last weights stay in the network, not those of the best epoch. Default: the preset's, which is
    /// on for CIFAR10Fast, else off.
    /// </summary>
    [Setting(SettingGroup.End, Default = "the preset's, which is on for CIFAR10Fast, else off")]
    public bool KeepLast { get; init; }

    /// <summary>Gets where the run is saved; <see langword="null"/>, the default, nowhere.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>Gets the seed of shuffling, augmentation, dropout and the held-out images. Default: 0.</summary>
    [Setting(SettingGroup.Computing)]
    public int Seed { get; init; }

    /// <summary>
    /// Gets the device: auto, which takes a GPU where there is one, cpu, cuda, cuda:1 or mps. Default: auto.
    /// </summary>
    [Setting(SettingGroup.Computing)]
    public string Device { get; init; } = ComputeDevice.Auto;

    /// <summary>
    /// Gets the numbers convolutions are computed with: Auto (bfloat16 where the network takes less time with it), Float32 or BFloat16.
    /// Weights, statistics and the loss are float32; libtorch's bfloat16 convolutions round the gradients of their weights to bfloat16.
    /// Default: Auto.
    /// </summary>
    [Setting(SettingGroup.Computing)]
    public Precision Precision { get; init; }

    /// <summary>Gets the threads that compute, at most one a processor; 0 is one for each physical core. Default: 0.</summary>
    [Setting(SettingGroup.Computing, Least = 0, Most = 1024, Zero = "physical cores")]
    public int Threads
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets a value indicating whether a GPU may only use algorithms that give the same result each time; the CPU always does.
    /// </summary>
    [Setting(SettingGroup.Computing)]
    public bool Deterministic { get; init; }
}
