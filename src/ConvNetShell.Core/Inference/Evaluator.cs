using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Evaluation;
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
    /// <param name="data">The network, which is moved to the device, and the images. An image of a class that the network lacks is wrong
    /// whatever it answers, and has no loss. An image whose outputs are not all numbers is wrong too.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="progress">Receives the fraction done, above 0 and at most 1, after each batch.</param>
    /// <param name="top">Numbers of classes: for each, the fraction of images whose class is among the first so many.</param>
    /// <param name="stop">Ends the measurement after the present batch.</param>
    /// <param name="augment">The views of an image that the outputs are averaged over.</param>
    /// <returns>Loss, accuracy with its interval, and precision and recall of each class.</returns>
    /// <exception cref="InvalidSettingException">There is no such device, or the views are not those of an image.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static AccuracyReport Measure(
        MatchedSplit data,
        string device = ComputeDevice.Auto,
        IProgress<double>? progress = null,
        CancellationToken stop = default,
        IReadOnlyList<int>? top = null,
        TestAugment augment = TestAugment.None
    )
    {
        Network network = data.Network;
        AugmentedOutputs.Check(network, augment);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var tally = new ClassAccumulator(data.Names, data.Outputs);
        using LossAccumulator meter = Run(
            network,
            data.Split,
            target,
            stop,
            data.Unknown.Count > 0 ? AddKnown : Add,
            (logits, labels) =>
            {
                tally.Add(logits, labels);
                progress?.Report((double)tally.Count / data.Split.Count);
            },
            augment
        );
        stop.ThrowIfCancellationRequested();
        (double low, double high) = WilsonInterval.Of(tally.Correct, tally.Count);
        return new AccuracyReport(
            network.Name,
            data.Dataset.Name,
            data.Source.Name,
            tally.Count,
            meter.Loss,
            tally.Top1,
            tally.Top(3),
            low,
            high,
            tally.Report()
        )
        {
            Top5 = tally.Top(5),
            Top = [.. (top ?? []).Select(count => new TopAccuracy(count, tally.Top(count)))],
            MacroF1 = tally.Scores.MacroF1,
            WeightedF1 = tally.Scores.WeightedF1,
            BalancedAccuracy = tally.Scores.BalancedAccuracy,
            Matthews = tally.Scores.Matthews,
            Kappa = tally.Scores.Kappa,
            NonFinite = tally.NonFinite,
            TestAugment = augment.ToString(),
        };
    }

    /// <summary>Returns loss and accuracy over a split; if stopped early, those of the batches so far.</summary>
    internal static LossAccumulator Loss(Network network, DatasetSplit split, Device device, CancellationToken stop) =>
        Run(network, split, device, stop, Add, (_, _) => { });

    private static LossAccumulator Run(
        Network network,
        DatasetSplit split,
        Device device,
        CancellationToken stop,
        Action<LossAccumulator, Tensor, Tensor> addLoss,
        Action<Tensor, Tensor> eachBatch,
        TestAugment augment = TestAugment.None
    )
    {
        var meter = new LossAccumulator();
        var plan = new BatchPlan(split.Count, network.Plan.BatchSize(BatchSize));
        int[] order = plan.Order();
        using var noGradients = inference_mode();
        using var ahead = ReadAhead.Begin(split, order, 0, plan.LargestBatch);
        using var loader = new BatchLoader(ahead?.ToSplit() ?? split, network.InputStatistics, plan.LargestBatch, device);
        int decoded = 0;
        for (int step = 0; step < plan.Steps && !stop.IsCancellationRequested; step++)
        {
            using var scope = NewDisposeScope();
            ReadOnlyMemory<int> batch = plan.Batch(order, step);
            (Tensor images, Tensor labels) = loader.Load(batch.Span, []);
            Tensor logits = AugmentedOutputs.Of(network, images, augment);
            addLoss(meter, logits, labels);
            eachBatch(logits, labels);
            decoded += batch.Length;
            ahead?.Advance(decoded);
        }
        return meter;
    }

    /// <summary>Adds the images whose class is one of the outputs: there is no loss for another class.</summary>
    private static void AddKnown(LossAccumulator meter, Tensor logits, Tensor labels)
    {
        long[] truth = labels.cpu().data<long>().ToArray();
        long[] known = [.. Enumerable.Range(0, truth.Length).Where(i => truth[i] < logits.shape[1]).Select(i => (long)i)];
        if (known.Length > 0)
        {
            using Tensor rows = tensor(known).to(logits.device);
            Add(meter, logits.index_select(0, rows), labels.index_select(0, rows));
        }
    }

    private static void Add(LossAccumulator meter, Tensor logits, Tensor labels) =>
        meter.Add(nn.functional.cross_entropy(logits, labels), logits, labels);
}
