using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>How good a network's words are on a split, the true words before them given.</summary>
internal static class CaptionValidation
{
    private const int BatchSize = 128;

    /// <summary>Measures the mean loss of a word and the fraction of right words.</summary>
    /// <param name="network">A network that ends in a decoder of captions and knows its words.</param>
    /// <param name="split">The images, with captions.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    public static ValidationScore Of(Network network, DatasetSplit split, Device device, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradients = inference_mode();
        var plan = new BatchPlan(split.Count, network.Plan.BatchSize(BatchSize));
        int[] order = plan.Order();
        using var captions = new CaptionLoss(network, split, device);
        using var meter = new LossAccumulator();
        using var loader = new BatchLoader(split, network.InputStatistics, plan.LargestBatch, device);
        for (int step = 0; step < plan.Steps && !stop.IsCancellationRequested; step++)
        {
            using var part = NewDisposeScope();
            ReadOnlyMemory<int> batch = plan.Batch(order, step);
            Tensor words = captions.InTurn(batch.Span);
            Tensor logits = network.Logits(loader.Load(batch.Span, []).Images, new ForwardContext(Training: false, Words: words));
            (Tensor cost, Tensor scores, Tensor targets) = CaptionLoss.Of(logits, words);
            meter.Add(cost, scores, targets, batch.Length);
        }
        return new ValidationScore(meter.Loss, meter.Accuracy, meter.Count, meter.Count > 0 && !double.IsFinite(meter.Loss));
    }
}
