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
internal readonly record struct ValidationScore(double Loss, double Accuracy, long Count)
{
    /// <summary>Gets a value indicating whether the loss is a number; that of a split without a pair is none, and no fault.</summary>
    public bool IsFinite => double.IsFinite(Loss);

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
            return new ValidationScore(meter.Loss, meter.Accuracy, meter.Count);
        }
        DatasetSplit part = VerificationPairs.Part(split, run.Seed);
        if (EmbeddingMatrix.Compute(run.Network, part, device, stop) is not { } embeddings)
        {
            return new ValidationScore(double.NaN, double.NaN, split.Count - 1); // stopped
        }
        using (embeddings)
        {
            VerificationCurve curve = new(VerificationPairs.All(embeddings, part.LabelArray));
            return new ValidationScore(1 - curve.Auc, curve.BalancedAccuracy, split.Count);
        }
    }
}
