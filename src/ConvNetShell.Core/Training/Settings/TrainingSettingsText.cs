using System.Globalization;
using ConvNetShell.Core.Compute;

namespace ConvNetShell.Core.Training.Settings;

/// <summary>Writes settings as one line: what decides every run, then what differs from the usual.</summary>
internal static class TrainingSettingsText
{
    public static string Write(TrainingSettings settings) => string.Join(", ", Parts(settings).OfType<string>());

    private static IEnumerable<string?> Parts(TrainingSettings s)
    {
        yield return s.Epochs == 1 ? "1 epoch" : Text($"{s.Epochs} epochs");
        yield return Text($"batch {s.BatchSize}");
        yield return If(s.AccumulateBatches > 1, $"{s.AccumulateBatches} batches a step");
        yield return Text($"{s.Optimizer} at {s.LearningRate} ({s.Schedule})");
        yield return If(s.WarmupEpochs > 0, $"warm-up {s.WarmupEpochs}");
        yield return If(s.Optimizer is OptimizerKind.SGD or OptimizerKind.RMSprop or OptimizerKind.Muon, $"momentum {s.Momentum}");
        yield return If(!s.Nesterov, $"no Nesterov");
        yield return If(s is { Optimizer: OptimizerKind.Muon, NormalizeFilters: true }, $"normalized filters");
        yield return If(
            s is { Optimizer: OptimizerKind.Muon, RestOptimizer: RestOptimizerKind.SGD },
            $"the rest by SGD at {s.LearningRate * s.RestScale:G4}"
        );
        yield return Text($"weight decay {s.WeightDecay:G4}");
        yield return If(s.ExcludeBiasAndNormFromDecay, $"not on biases and normalization");
        yield return If(s.ClipNorm > 0, $"gradients up to {s.ClipNorm}");
        yield return If(s.LearnsEmbedding, $"{s.Loss} with margin {s.UsedMargin}");
        yield return If(s.LearnsCaptions, $"{s.Loss}");
        yield return If(s.Loss == LossKind.ArcFace, $"scale {s.UsedLossScale}");
        yield return If(s.UsedImagesPerClass > 1, $"{s.UsedImagesPerClass} images a class in a batch");
        yield return If(s.LossReduction == LossReduction.Sum, $"summed loss");
        yield return If(s.LabelSmoothing > 0, $"label smoothing {s.LabelSmoothing}");
        yield return If(s.BalanceClasses, $"balanced classes");
        yield return If(
            s.ClassWeights is not null,
            $"class weights {string.Join(' ', (s.ClassWeights ?? []).Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}"
        );
        yield return If(s.Average != AverageKind.None, $"{s.Average}");
        yield return Text($"augmentation {s.Augmentation}");
        yield return If(s.TrainFraction < 1, $"{100 * s.TrainFraction} % of Train");
        yield return If(s.OverfitBatches > 0, $"{s.OverfitBatches} batches only");
        yield return If(s.Precision == Precision.BFloat16, $"bfloat16");
    }

    private static string? If(bool isSaid, FormattableString text) => isSaid ? Text(text) : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
