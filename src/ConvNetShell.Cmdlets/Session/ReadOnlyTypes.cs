using System.Management.Automation.Runspaces;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The types of results whose properties PowerShell may read and not set. They are named by text so that an import loads none of them; a test finds those that are
/// missing.
/// </summary>
public static class ReadOnlyTypes
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ConvNetShell.Core.Data"] =
            "ChannelStatistics",
        ["ConvNetShell.Core.Layers"] =
            "ActivationSpec AdaptivePoolSpec BatchNormSpec BranchSpec ChannelPadSpec ConvSpec DenseSpec DropoutSpec FlattenSpec GroupNormSpec " +
            "LayerNormSpec LocalResponseSpec LocalSpec ConnectionTableConvSpec PoolSpec RbfSpec RecurrentSpec ResidualSpec ScaleSpec SubsampleSpec " +
            "TransposedConvSpec Window",
        ["ConvNetShell.Core.Networks"] =
            "NetworkLayer NetworkPreset",
        ["ConvNetShell.Core.Training"] =
            "Augmentation CheckpointSettings SettingChange TrainingSettings",
        ["ConvNetShell.Display"] =
            "AccuracyReport Contribution ActivationTrace CalibrationBin CalibrationReport ChannelSum Chart ChartPanel ChartSeries ClassChart " +
            "ClassReport CompletenessCheck ConfusedSample ConfusionMatrix ConfusionPair ConvOutputInfo ConvolutionMatrix ConvolutionResult " +
            "ConvolutionStep CrowdPicture DatasetInfo DeviceInfo DreamImage EpochRecord FeatureMap HistoryChart ImageSample InvarianceChart " +
            "InvarianceRow LabelErrorCandidate LayerFilter LayerMeasure LayerMeasureChart LayerSummary LayerTiming LayerTimingChart " +
            "LearningRatePoint LearningRateSearch MaximalPatch NetworkComparison NetworkIssue NetworkPanel NetworkSummary PanelLayer Picture " +
            "PictureGrid PoolingResult Prediction PredictionChart PresetInfo ReceptiveFieldChart ReceptiveFieldInfo ReproductionReport Saliency " +
            "SharingChart SharingRow TemplateMatch TrainingPlan",
        ["ConvNetShell.Kernel.Client"] =
            "KernelTestResult",
        ["ConvNetShell.Kernel.Notebooks"] =
            "NotebookResult",
    };

    /// <summary>Returns what Update-TypeData takes.</summary>
    /// <returns>An entry for each type.</returns>
    public static TypeData[] Create() => [.. Names.SelectMany(space => space.Value.Split(' ').Select(name => new TypeData($"{space.Key}.{name}") { TypeAdapter = typeof(ReadOnlyAdapter) }))];
}
