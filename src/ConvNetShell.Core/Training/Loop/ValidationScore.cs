using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// How good a network is on the Validation split: loss and accuracy of a classifier; of an embedding 1 minus the area under the ROC curve,
/// and the accuracy of pairs at the best threshold.
/// </summary>
/// <param name="Loss">The loss.</param>
/// <param name="Accuracy">The accuracy, from 0 to 1.</param>
/// <param name="Count">The images; 0 where there is no Validation split, fewer than it has where it was stopped.</param>
/// <param name="IsFault">Whether an output is no number.</param>
internal readonly record struct ValidationScore(double Loss, double Accuracy, long Count, bool IsFault = false)
{
    /// <summary>Validates the network of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    public static ValidationScore Of(TrainingRun run, Device device, CancellationToken stop)
    {
        if (run.Dataset.Validation is not { } split)
        {
            return new ValidationScore(double.NaN, double.NaN, 0);
        }
        if (!run.Settings.LearnsEmbedding)
        {
            using LossAccumulator meter = Evaluator.Loss(run.Network, split, device, stop);
            return new ValidationScore(meter.Loss, meter.Accuracy, meter.Count, meter.Count > 0 && !double.IsFinite(meter.Loss));
        }
        DatasetSplit part = VerificationPairs.Part(split, run.Seed);
        if (EmbeddingMatrix.Compute(run.Network, part, device, stop) is not { } embeddings)
        {
            return new ValidationScore(double.NaN, double.NaN, split.Count - 1); // stopped
        }
        var curve = new VerificationCurve(VerificationPairs.All(embeddings, part.LabelArray)); // a split without pairs has no figures
        bool isFault = embeddings.Any(vector => Array.Exists(vector, float.IsNaN));
        return new ValidationScore(1 - curve.Auc, curve.BalancedAccuracy, split.Count, isFault);
    }
}
