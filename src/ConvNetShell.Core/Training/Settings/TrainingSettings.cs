using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>
/// Everything that decides a run besides its network and data; values are checked when it is made. Each setting is defined here and
/// nowhere else: its documentation is the help of Start-Training's parameter, and its <see cref="SettingAttribute"/> has bounds and unit.
/// </summary>
public sealed partial record TrainingSettings
{
    private const string Rates = "the preset's, else 0.02 for SGD, 0.002 for Adam, AdamW and Muon, 1 for Adadelta, 0.001 for RMSprop";

    /// <summary>Gets whose defaults were taken where the user chose nothing: a preset's name, or general.</summary>
    public string Recipe { get; init; } = "general";

    /// <summary>Gets the times every training image is seen. Default: 10.</summary>
    [Setting(SettingGroup.End, Unit = "epochs", Least = 1)]
    public int Epochs
    {
        get;
        init => field = Check(value);
    } = 10;

    /// <summary>Gets the images in a step. Default: 64, or the preset's.</summary>
    [Setting(SettingGroup.Optimizer, Unit = "images", Least = 1, Default = "64, or the preset's")]
    public int BatchSize
    {
        get;
        init => field = Check(value);
    } = 64;

    /// <summary>Gets the batches whose gradients add up to one step. Default: 1.</summary>
    [Setting(SettingGroup.Optimizer, Unit = "batches", Least = 1)]
    public int AccumulateBatches
    {
        get;
        init => field = Check(value);
    } = 1;

    /// <summary>
    /// Gets the largest learning rate of the run. Default: the preset's, else 0.02 for SGD, 0.002 for Adam, AdamW and Muon, 1 for
    /// Adadelta, 0.001 for RMSprop.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Above = 0, Most = 1e30, Default = Rates)]
    public double LearningRate
    {
        get;
        init => field = Check(value);
    } = 0.02;

    /// <summary>
    /// Gets the optimizer: SGD, Adam, AdamW, Adadelta (ConvNetJS's), RMSprop or Muon. Default: SGD, or the preset's.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Default = "SGD, or the preset's")]
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Gets the momentum of SGD, RMSprop and Muon. Default: 0.9.</summary>
    [Setting(SettingGroup.Optimizer, Least = 0, Below = 1)]
    public double Momentum
    {
        get;
        init => field = Check(value);
    } = 0.9;

    /// <summary>Gets a value indicating whether SGD's momentum looks ahead (Nesterov). Default: on.</summary>
    [Setting(SettingGroup.Optimizer, Parameter = "NoNesterov")]
    public bool Nesterov { get; init; } = true;

    /// <summary>Gets the weight decay (L2). Default: 0.0005.</summary>
    [Setting(SettingGroup.Optimizer, Least = 0)]
    public double WeightDecay
    {
        get;
        init => field = Check(value);
    } = 5e-4;

    /// <summary>Gets a value indicating whether biases and normalization are left out of the weight decay.</summary>
    [Setting(SettingGroup.Optimizer)]
    public bool ExcludeBiasAndNormFromDecay { get; init; }

    /// <summary>
    /// Gets how the learning rate moves: OneCycle, Cosine, Constant, Step, Plateau or Triangular. Default: OneCycle.
    /// </summary>
    [Setting(SettingGroup.Schedule)]
    public ScheduleKind Schedule { get; init; }

    /// <summary>
    /// Gets the epochs over which the learning rate rises in a line, fractions too; 0 takes the schedule's own. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Schedule, Unit = "epochs", Least = 0, Zero = "the schedule's own")]
    public double WarmupEpochs
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the epochs from one step down to the next (Step), or without improvement before one (Plateau). Default: a third of the run.
    /// </summary>
    [Setting(SettingGroup.Schedule, Unit = "epochs", Above = 0, Default = "a third of the run")]
    [JsonIgnore]
    public double StepSize
    {
        get => GivenStepSize ?? Math.Max(Epochs / 3.0, 1);
        init => GivenStepSize = value;
    }

    /// <summary>
    /// Gets the value that was given; a default is no part of the file, so that settings that are read equal the written ones.
    /// </summary>
    [JsonInclude]
    [JsonPropertyName(nameof(StepSize))]
    internal double? GivenStepSize
    {
        get;
        init => field = value is { } given ? Check(given, nameof(StepSize)) : null;
    }

    /// <summary>Gets the factor that a step down multiplies the learning rate by. Default: 0.1.</summary>
    [Setting(SettingGroup.Schedule, Above = 0, Below = 1)]
    public double Gamma
    {
        get;
        init => field = Check(value);
    } = 0.1;

    /// <summary>
    /// Gets the largest norm of all gradients together; longer ones are shortened to it; 0 is no limit. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Least = 0, Zero = "no limit")]
    public double ClipNorm
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the fraction of the target that is spread evenly over all classes (Szegedy et al., arXiv 1512.00567). Default: 0.
    /// </summary>
    [Setting(SettingGroup.Loss, Least = 0, Below = 1)]
    public double LabelSmoothing
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the factor for each class's loss; <see langword="null"/>, the default, is 1 for all. Their mean over the images should be
    /// about 1.
    /// </summary>
    [Setting(SettingGroup.Loss, Parameter = "ClassWeight", Default = "1 for all")]
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>
    /// Gets a value indicating whether classes weigh as much as each other however many images they have: each by images / (classes x its
    /// images).
    /// </summary>
    [Setting(SettingGroup.Loss, Parameter = "ClassWeight")]
    public bool BalanceClasses { get; init; }

    /// <summary>
    /// Gets whether averaged weights are validated and kept: EMA (moving average over steps), SWA (mean over the last quarter's epochs).
    /// Default: None.
    /// </summary>
    [Setting(SettingGroup.Loss)]
    public AverageKind Average { get; init; }

    /// <summary>Gets how much of the moving average stays at each step. Default: 0.999.</summary>
    [Setting(SettingGroup.Loss, Least = 0, Below = 1)]
    public double AverageDecay
    {
        get;
        init => field = Check(value);
    } = 0.999;

    /// <summary>Says what was chosen; what is as usual is left out.</summary>
    /// <returns>For example
    /// <c>10 epochs, batch 64, SGD at 0.02 (OneCycle), momentum 0.9, weight decay 0.0005, augmentation none, bfloat16</c>.</returns>
    public override string ToString() => TrainingSettingsText.Write(this);

    private static T Check<T>(T value, [CallerMemberName] string setting = "") =>
        TrainingSetting.Check(typeof(TrainingSettings), setting, value);
}
