using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The records whose properties PowerShell may read and not set; a test finds those that are missing. They are of ConvNetShell.Display: a
/// type table takes only types
/// that PowerShell finds by name, which those in the module's own load context are not.
/// </summary>
public static class ReadOnlyTypes
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string Namespace = "ConvNetShell.Display";
    private const string Names =
        "AccuracyReport Contribution ActivationTrace CalibrationBin CalibrationReport ChannelSum Chart ChartPanel ChartSeries ClassChart "
        + "ClassReport CompletenessCheck ConfusedSample ConfusionMatrix ConfusionPair ConvOutputInfo ConvolutionMatrix ConvolutionResult "
        + "ConvolutionStep CrowdPicture DatasetInfo DeviceInfo DreamImage EpochRecord FeatureMap HistoryChart ImageSample InvarianceChart "
        + "InvarianceRow LabelErrorCandidate LayerFilter LayerMeasure LayerMeasureChart LayerSummary LayerTiming LayerTimingChart "
        + "LearningRatePoint LearningRateSearch MaximalPatch NetworkComparison NetworkIssue NetworkPanel NetworkSummary PanelLayer Picture "
        + "PictureGrid PoolingResult Prediction PredictionChart PresetInfo ReceptiveFieldChart ReceptiveFieldInfo "
        + "ReproductionReport Saliency SharingChart SharingRow TemplateMatch TopAccuracy TrainingPlan";

    /// <summary>Gets the types by their full names.</summary>
    public static IReadOnlyList<string> FullNames { get; } = [.. Names.Split(' ').Select(name => $"{Namespace}.{name}")];

    /// <summary>
    /// Enters the types into the table of a session where they are missing: PowerShell builds the table anew when a module goes.
    /// Update-TypeData does the same, but it would load Microsoft.PowerShell.Utility with every import, which takes
    /// as long as the import; so the table is taken from the engine by name.
    /// </summary>
    /// <param name="engine">The session's <c>$ExecutionContext</c>.</param>
    public static void Install(EngineIntrinsics engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        object? context = engine.GetType().GetField("_context", Any)?.GetValue(engine);
        if (context?.GetType().GetProperty("TypeTable", Any)?.GetValue(context) is TypeTable table && IsMissing())
        {
            foreach (string name in FullNames)
            {
                table.AddType(new TypeData(name) { TypeAdapter = typeof(ReadOnlyAdapter) });
            }
        }
    }

    private static bool IsMissing() => new PSObject(new ChannelSum(0, 0)).Properties[nameof(ChannelSum.Sum)].IsSettable;
}
