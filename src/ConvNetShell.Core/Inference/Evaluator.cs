using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>Runs a network over a split without changing it.</summary>
public static class Evaluator
{
    private const int BatchSize = 128;

    /// <summary>
    /// Measures a network on a split. A network that was never trained can be measured too: its input is then normalized with
    /// mean 0.5 and deviation 0.25, and its classes are called 0, 1, 2.
    /// </summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="split">The images and their labels.</param>
    /// <param name="datasetName">The dataset's name, for the report.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="progress">Receives the fraction done, above 0 and at most 1, after each batch.</param>
    /// <param name="stop">Ends the measurement after the present batch.</param>
    /// <returns>Loss, accuracy with its interval, and precision and recall of each class.</returns>
    /// <exception cref="ShapeMismatchException">The images or the labels do not fit the network.</exception>
    /// <exception cref="InvalidSettingException">The split has no image, or the device does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static AccuracyReport Measure(
        Network network,
        DatasetSplit split,
        string datasetName,
        string device = ComputeDevice.Auto,
        IProgress<double>? progress = null,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Fits(network, split, datasetName);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var tally = new ClassAccumulator(network.OutputNames);
        using LossAccumulator meter = Run(
            network,
            split,
            target,
            stop,
            (logits, labels, done) =>
            {
                tally.Add(logits, labels);
                progress?.Report((double)done / split.Count);
            }
        );
        stop.ThrowIfCancellationRequested();
        (double low, double high) = WilsonInterval.Of(tally.Correct, tally.Count);
        return new AccuracyReport(
            network.Name,
            datasetName,
            split.Name,
            tally.Count,
            meter.Loss,
            tally.Top1,
            tally.Top3,
            low,
            high,
            tally.Report()
        );
    }

    /// <summary>Returns loss and accuracy over a split; if stopped early, those of the batches so far.</summary>
    internal static LossAccumulator Loss(Network network, DatasetSplit split, Device device, CancellationToken stop) =>
        Run(network, split, device, stop, (_, _, _) => { });

    private static LossAccumulator Run(
        Network network,
        DatasetSplit split,
        Device device,
        CancellationToken stop,
        Action<Tensor, Tensor, long> eachBatch
    )
    {
        var meter = new LossAccumulator();
        var plan = new BatchPlan(split.Count, BatchSize);
        int[] order = plan.Order();
        using var noGradients = inference_mode();
        using var loader = new BatchLoader(split, network.InputStatistics, plan.LargestBatch, device);
        for (int step = 0; step < plan.Steps && !stop.IsCancellationRequested; step++)
        {
            using var scope = NewDisposeScope();
            (Tensor images, Tensor labels) = loader.Load(plan.Batch(order, step).Span, []);
            Tensor logits = network.Logits(images, new ForwardContext(Training: false));
            meter.Add(nn.functional.cross_entropy(logits, labels), logits, labels);
            eachBatch(logits, labels, meter.Count);
        }
        return meter;
    }
}
