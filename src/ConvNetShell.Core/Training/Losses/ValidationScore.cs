using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// How good a network is on the Validation split: loss and accuracy of a classifier; of an embedding 1 minus the area under the ROC curve,
/// and the accuracy of pairs at the best threshold; of captions the loss of a word and the fraction of right ones.
/// </summary>
/// <param name="Loss">The loss.</param>
/// <param name="Accuracy">The accuracy, from 0 to 1.</param>
/// <param name="Count">The images; 0 where there is no Validation split, fewer than it has where it was stopped.</param>
/// <param name="IsFault">Whether an output is no number.</param>
internal readonly record struct ValidationScore(double Loss, double Accuracy, long Count, bool IsFault = false)
{
    /// <summary>Validates a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="validation">The Validation split, or <see langword="null"/>.</param>
    /// <param name="settings">The loss and the seed.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    public static ValidationScore Of(
        Network network,
        DatasetSplit? validation,
        TrainingSettings settings,
        Device device,
        CancellationToken stop
    )
    {
        if (validation is not { } split)
        {
            return new ValidationScore(double.NaN, double.NaN, 0);
        }
        if (settings.LearnsCaptions)
        {
            return CaptionValidation.Of(network, split, device, stop);
        }
        if (!settings.LearnsEmbedding)
        {
            using LossAccumulator meter = Evaluator.Loss(network, split, device, stop);
            return new ValidationScore(meter.Loss, meter.Accuracy, meter.Count, meter.Count > 0 && !double.IsFinite(meter.Loss));
        }
        DatasetSplit part = VerificationPairs.Part(split, settings.Seed);
        if (EmbeddingMatrix.Compute(network, part, device, stop) is not { } embeddings)
        {
            return new ValidationScore(double.NaN, double.NaN, split.Count - 1); // stopped
        }
        var curve = new VerificationCurve(VerificationPairs.All(embeddings, part.LabelArray)); // a split without pairs has no figures
        bool isFault = embeddings.Any(vector => Array.Exists(vector, float.IsNaN));
        return new ValidationScore(1 - curve.Auc, curve.BalancedAccuracy, split.Count, isFault);
    }
}
