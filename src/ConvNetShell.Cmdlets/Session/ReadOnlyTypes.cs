using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// The records whose properties PowerShell may read and not set; a test finds those that are missing. They are of ConvNetShell.Display: a
/// type table takes only types
/// that PowerShell finds by name, which those in the module's own load context are not.
/// </summary>
public static class ReadOnlyTypes
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Dictionary<string, string> Names = new()
    {
        ["Charts"] = "Chart ChartField ChartLabel ChartPanel ChartSeries",
        ["Pictures"] = "Picture PictureGrid",
        ["Records.Networks"] =
            "LayerSummary LayerTiming LayerTimingChart NetworkIssue NetworkSummary PresetInfo " + "ReceptiveFieldChart ReceptiveFieldInfo",
        ["Records.Data"] = "CrowdPicture DatasetInfo DuplicatePair ImageSample LabelErrorCandidate SplitMeasure",
        ["Records.Captions"] = "CaptionReport CaptionScore CaptionWord ImageCaption",
        ["Records.Highlights"] = "FilmWindow Highlight HighlightGroup HighlightReport MatchTimeline TimelineWindow",
        ["Records.Embeddings"] =
            "Embedding EmbeddingMap EmbeddingPoint MatchReport MatchResult RocPoint VerificationBin VerificationGroup VerificationReport",
        ["Records.Training"] =
            "DescentStep DescentSurface DescentTrace DeviceInfo EpochRecord HistoryChart LayerGradient LearningRatePoint "
            + "LearningRateSearch ReproductionReport StepLearningRate TrainingPlan TrainingSummary",
        ["Records.Evaluation"] =
            "AccuracyReport CalibrationBin CalibrationReport ClassChart ClassReport ConfusedSample "
            + "ConfusionMatrix ConfusionPair GroupAccuracy GroupAccuracyReport NetworkComparison Prediction PredictionChart TopAccuracy",
        ["Records.Understanding"] =
            "ActivationTrace ChannelSum CompletenessCheck Contribution DreamImage FeatureMap FeatureVector FilterHistory InvarianceChart "
            + "InvarianceRow LayerFilter LayerMeasure LayerMeasureChart MaximalPatch NetworkPanel PanelLayer "
            + "Saliency",
        ["Records.Traces"] = "GradientTerm GradientTrace LayerRule TracedLayer TracedNetwork",
        ["Records.Sweeps"] = "ParameterImportance SweepChart SweepParameter SweepPoint",
        ["Records.Operators"] =
            "ActivationChart ActivationRow ConvOutputInfo ConvolutionMatrix ConvolutionResult ConvolutionScene ConvolutionStep "
            + "ConvolutionTrace PoolingResult PoolingScene PoolingStep PoolingTrace SharingChart SharingRow ShiftComparison TemplateMatch",
    };

    /// <summary>Gets the types by their full names.</summary>
    public static IReadOnlyList<string> FullNames { get; } =
    [.. Names.SelectMany(folder => folder.Value.Split(' ').Select(name => $"ConvNetShell.Display.{folder.Key}.{name}"))];

    /// <summary>
    /// Enters the types into the table of a session where they are missing: PowerShell builds the table anew when a module goes.
    /// Each cmdlet calls it as it begins: an import would take 40 ms longer.
    /// Update-TypeData does the same, but it would load Microsoft.PowerShell.Utility, which takes longer than the import;
    /// so the table is taken from the engine by name.
    /// </summary>
    /// <param name="session">The session of the cmdlet.</param>
    public static void Install(SessionState session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!IsMissing())
        {
            return;
        }
        object? engine = session.PSVariable.GetValue("ExecutionContext");
        object? context = engine?.GetType().GetField("_context", Any)?.GetValue(engine);
        if (context?.GetType().GetProperty("TypeTable", Any)?.GetValue(context) is TypeTable table)
        {
            foreach (string name in FullNames)
            {
                table.AddType(new TypeData(name) { TypeAdapter = typeof(ReadOnlyAdapter) });
            }
        }
    }

    private static bool IsMissing() => new PSObject(new ChannelSum(0, 0)).Properties[nameof(ChannelSum.Sum)].IsSettable;
}
