using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>All settings of a run as parameters. A setting that is not given stays as the recipe has it.</summary>
public abstract class TrainingSettingsCommand : LearningSettingsCommand
{
    /// <inheritdoc cref="TrainingSettings.ValidationFraction" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? ValidationFraction { get; set; }

    /// <inheritdoc cref="TrainingSettings.TrainFraction" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(double))]
    public double? TrainFraction { get; set; }

    /// <inheritdoc cref="TrainingSettings.OverfitBatches" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? OverfitBatches { get; set; }

    /// <inheritdoc cref="TrainingSettings.DropLast" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter DropLast { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether images are left as they are. Otherwise the dataset's augmentation changes them: that of
    /// Add-Augmentation, or for CIFAR images a flip and a shift by up to 2 pixels.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter NoAugmentation { get; set; }

    /// <inheritdoc cref="TrainingSettings.Monitor" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(MonitorKind))]
    public MonitorKind? Monitor { get; set; }

    /// <inheritdoc cref="TrainingSettings.Patience" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Patience { get; set; }

    /// <inheritdoc cref="TrainingSettings.MaxTime" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeSpanTransform("-MaxTime")]
    public TimeSpan? MaxTime { get; set; }

    /// <inheritdoc cref="TrainingSettings.MaxSteps" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(long))]
    public long? MaxSteps { get; set; }

    /// <inheritdoc cref="TrainingSettings.KeepLast" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter KeepLast { get; set; }

    /// <inheritdoc cref="CheckpointSettings.Path" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    public string? CheckpointPath { get; set; }

    /// <inheritdoc cref="CheckpointSettings.Every" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? CheckpointEvery { get; set; }

    /// <inheritdoc cref="CheckpointSettings.EverySteps" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? CheckpointSteps { get; set; }

    /// <inheritdoc cref="CheckpointSettings.KeepTop" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? KeepTop { get; set; }

    /// <inheritdoc cref="TrainingSettings.Seed" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Seed { get; set; }

    /// <inheritdoc cref="TrainingSettings.Device" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(string))]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string? Device { get; set; }

    /// <inheritdoc cref="TrainingSettings.Precision" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(Precision))]
    public Precision? Precision { get; set; }

    /// <inheritdoc cref="TrainingSettings.Threads" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(int))]
    public int? Threads { get; set; }

    /// <inheritdoc cref="TrainingSettings.Deterministic" />
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SettingTransform(typeof(SwitchParameter))]
    public SwitchParameter Deterministic { get; set; }

    /// <summary>Returns a recipe with the settings the user gave.</summary>
    private protected TrainingSettings Apply(TrainingSettings recipe)
    {
        TrainingSettings settings = OverfitBatches is int batches and not 0 ? TrainingRecipe.ForOverfitting(recipe, batches) : recipe;
        foreach (TrainingSetting setting in TrainingSetting.All)
        {
            if (Given(setting) is { } value)
            {
                settings = setting.With(settings, value);
            }
        }
        return settings;
    }

    /// <summary>Returns whether the user gave a setting, on the line or in the present row of a table.</summary>
    private protected virtual bool IsGiven(string setting) => MyInvocation.BoundParameters.ContainsKey(setting);

    /// <summary>Returns the value the user gave for a setting, or <see langword="null"/>.</summary>
    private object? Given(TrainingSetting setting) =>
        GetType().GetProperty(setting.Parameter)!.GetValue(this) switch
        {
            SwitchParameter isOn => IsGiven(setting.Parameter) ? isOn != setting.IsTurnedOff : null,
            ClassWeights weights => setting.Type == typeof(bool) ? weights.Weights is null : weights.Weights,
            string folder when setting.IsFolder => FullPath(folder),
            var value => value,
        };
}
