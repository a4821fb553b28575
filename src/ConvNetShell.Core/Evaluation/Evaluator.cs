using ConvNetShell.Core.Data;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Evaluation;

/// <summary>Runs a network over a split without changing it.</summary>
internal static class Evaluator
{
    private const int BatchSize = 128;

    /// <summary>Returns loss and accuracy over a split; stops early, with what it has, when asked.</summary>
    public static LossMeter Loss(Network network, DatasetSplit split, Device device, CancellationToken stop)
    {
        var meter = new LossMeter();
        var plan = new BatchPlan(split.Count, BatchSize);
        int[] order = plan.Order();
        using var noGradients = inference_mode();
        using var loader = new BatchLoader(split, network.Normalization!, plan.LargestBatch, device);
        for (int step = 0; step < plan.Steps && !stop.IsCancellationRequested; step++)
        {
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader.Load(plan.Batch(order, step), Augmentation.None);
            Tensor logits = network.Logits(images, new ForwardContext(Training: false));
            meter.Add(nn.functional.cross_entropy(logits, labels), logits, labels);
        }
        return meter;
    }
}
