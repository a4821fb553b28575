using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training;

/// <summary>Everything that decides a run besides its network and data. Checked when made.</summary>
public sealed record TrainingSettings
{
    private readonly int epochs = 10;
    private readonly int batchSize = 64;
    private readonly double learningRate = 0.02;
    private readonly double momentum = 0.9;
    private readonly double weightDecay = 5e-4;
    private readonly double validation = 0.1;

    /// <summary>Gets the times every training image is seen. Default: 10.</summary>
    public int Epochs { get => epochs; init => epochs = AtLeastOne("-Epochs", value); }

    /// <summary>Gets the images in a step. Default: 64.</summary>
    public int BatchSize { get => batchSize; init => batchSize = AtLeastOne("-BatchSize", value); }

    /// <summary>Gets the largest learning rate of the run. Default: 0.02 for SGD, 0.002 for Adam and AdamW.</summary>
    public double LearningRate
    {
        get => learningRate;
        init => learningRate = value > 0 && double.IsFinite(value) ? value : throw new InvalidSettingException("-LearningRate", "a finite number above 0", value);
    }

    /// <summary>Gets the optimiser. Default: SGD.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Gets the momentum of SGD. Default: 0.9.</summary>
    public double Momentum
    {
        get => momentum;
        init => momentum = value is >= 0 and < 1 ? value : throw new InvalidSettingException("-Momentum", "0 or more and below 1", value);
    }

    /// <summary>Gets the weight decay (L2). Default: 5e-4.</summary>
    public double WeightDecay
    {
        get => weightDecay;
        init => weightDecay = value >= 0 && double.IsFinite(value) ? value : throw new InvalidSettingException("-WeightDecay", "a finite number of 0 or more", value);
    }

    /// <summary>Gets the share of Train held out where the dataset has no Validation split; 0 holds out nothing. Default: 0.1.</summary>
    public double Validation
    {
        get => validation;
        init => validation = value is >= 0 and < 1 ? value : throw new InvalidSettingException("-Validation", "a fraction of the training images, 0 or more and below 1", value);
    }

    /// <summary>Gets how the learning rate moves. Default: OneCycle.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Gets what is done to training images. Default: nothing.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>Gets the seed of shuffling, augmentation, dropout and the held-out images. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the device: auto, cpu, cuda, cuda:1 or mps. Default: auto, which takes a GPU where there is one.</summary>
    public string Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Says what was chosen.</summary>
    /// <returns>For example <c>10 epochs, batch 64, SGD at 0.02 (OneCycle), momentum 0.9, weight decay 0.0005, augmentation none</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Epochs} epochs, batch {BatchSize}, {Optimizer} at {LearningRate} ({Schedule}){MomentumText}, weight decay {WeightDecay}, augmentation {Augmentation}");

    // A nested interpolated string would follow the user's culture.
    private string MomentumText => Optimizer == OptimizerKind.SGD ? string.Create(CultureInfo.InvariantCulture, $", momentum {Momentum}") : string.Empty;

    private static int AtLeastOne(string setting, int value) =>
        value >= 1 ? value : throw new InvalidSettingException(setting, "an integer of 1 or more", value);
}
