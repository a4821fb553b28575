using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>The settings of learning as parameters: optimizer, schedule, loss.</summary>
public abstract class LearningSettingsCommand : TrainingCommand
{
    /// <inheritdoc cref="TrainingSettings.Epochs" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Epochs { get; set; }

    /// <inheritdoc cref="TrainingSettings.BatchSize" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? BatchSize { get; set; }

    /// <inheritdoc cref="TrainingSettings.AccumulateBatches" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? AccumulateBatches { get; set; }

    /// <inheritdoc cref="TrainingSettings.LearningRate" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? LearningRate { get; set; }

    /// <inheritdoc cref="TrainingSettings.Optimizer" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(OptimizerKind))]
    public OptimizerKind? Optimizer { get; set; }

    /// <inheritdoc cref="TrainingSettings.Momentum" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? Momentum { get; set; }

    /// <summary>Gets or sets a value indicating whether SGD's momentum is plain, not Nesterov's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter NoNesterov { get; set; }

    /// <inheritdoc cref="TrainingSettings.WeightDecay" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? WeightDecay { get; set; }

    /// <inheritdoc cref="TrainingSettings.ExcludeBiasAndNormFromDecay" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter ExcludeBiasAndNormFromDecay { get; set; }

    /// <inheritdoc cref="TrainingSettings.MuonIterations" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? MuonIterations { get; set; }

    /// <inheritdoc cref="TrainingSettings.NormalizeFilters" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter NormalizeFilters { get; set; }

    /// <inheritdoc cref="TrainingSettings.RestOptimizer" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(RestOptimizerKind))]
    public RestOptimizerKind? RestOptimizer { get; set; }

    /// <inheritdoc cref="TrainingSettings.RestLearningRate" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? RestLearningRate { get; set; }

    /// <inheritdoc cref="TrainingSettings.RestMomentum" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? RestMomentum { get; set; }

    /// <inheritdoc cref="TrainingSettings.ClipNorm" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? ClipNorm { get; set; }

    /// <inheritdoc cref="TrainingSettings.Schedule" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(ScheduleKind))]
    public ScheduleKind? Schedule { get; set; }

    /// <inheritdoc cref="TrainingSettings.WarmupEpochs" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? WarmupEpochs { get; set; }

    /// <inheritdoc cref="TrainingSettings.StepSize" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? StepSize { get; set; }

    /// <inheritdoc cref="TrainingSettings.Gamma" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? Gamma { get; set; }

    /// <inheritdoc cref="TrainingSettings.Loss" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(LossKind))]
    public LossKind? Loss { get; set; }

    /// <inheritdoc cref="TrainingSettings.Margin" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? Margin { get; set; }

    /// <inheritdoc cref="TrainingSettings.LossScale" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? LossScale { get; set; }

    /// <inheritdoc cref="TrainingSettings.ImagesPerClass" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? ImagesPerClass { get; set; }

    /// <inheritdoc cref="TrainingSettings.LossReduction" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(LossReduction))]
    public LossReduction? LossReduction { get; set; }

    /// <inheritdoc cref="TrainingSettings.LabelSmoothing" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? LabelSmoothing { get; set; }

    /// <summary>
    /// Gets or sets what each class's loss is multiplied by: a number a class, in their order, or Balanced, which makes all classes count
    /// alike. Default: 1 for all.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ClassWeightTransform]
    [ArgumentCompleter(typeof(ClassWeightCompleter))]
    public ClassWeights? ClassWeight { get; set; }

    /// <inheritdoc cref="TrainingSettings.Average" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(AverageKind))]
    public AverageKind? Average { get; set; }

    /// <inheritdoc cref="TrainingSettings.AverageDecay" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? AverageDecay { get; set; }
}
