using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
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
        EachBatch(
            data,
            target,
            augment,
            stop,
            (outputs, labels) =>
            {
                tally.Add(outputs, labels);
                progress?.Report((double)tally.Count / data.Split.Count);
            }
        );
        stop.ThrowIfCancellationRequested();
        (double low, double high) = WilsonInterval.Of(tally.Correct, tally.Count);
        ConfusionScores scores = tally.Scores;
        return new AccuracyReport(
            network.Name,
            data.Dataset.Name,
            data.Source.Name,
            tally.Count,
            tally.Loss,
            tally.Top1,
            tally.Top(3),
            low,
            high,
            tally.Report()
        )
        {
            Top5 = tally.Top(5),
            Top = [.. (top ?? []).Select(count => new TopAccuracy(count, tally.Top(count)))],
            MacroF1 = scores.MacroF1,
            WeightedF1 = scores.WeightedF1,
            BalancedAccuracy = scores.BalancedAccuracy,
            Matthews = scores.Matthews,
            Kappa = scores.Kappa,
            NonFinite = tally.NonFinite,
            TestAugment = augment.ToString(),
        };
    }

    /// <summary>Returns loss and accuracy over a split; if stopped early, those of the batches so far.</summary>
    internal static LossAccumulator Loss(Network network, DatasetSplit split, Device device, CancellationToken stop)
    {
        var meter = new LossAccumulator();
        Run(network, split, device, stop, (logits, labels) => meter.Add(nn.functional.cross_entropy(logits, labels), logits, labels));
        return meter;
    }

    private static void EachBatch(MatchedSplit data, Device device, TestAugment augment, CancellationToken stop, Action<float[], int[]> add)
    {
        Network network = data.Network;
        if (augment == TestAugment.None && device.type == TorchSharp.DeviceType.CPU && network.Direct() is { } direct)
        {
            var normalizer = new PixelNormalizer(network.InputStatistics, network.InputShape);
            foreach ((DatasetSplit source, ReadOnlyMemory<int> batch) in Batches(PlanOf(network, data.Split), data.Split, stop))
            {
                int[] labels = new int[batch.Length];
                for (int i = 0; i < labels.Length; i++)
                {
                    labels[i] = source.LabelArray[batch.Span[i]];
                }
                add(direct.Run(source, batch, normalizer), labels);
            }
            return;
        }
        Run(
            network,
            data.Split,
            device,
            stop,
            (logits, labels) => add(logits.cpu().ToFloats(), Array.ConvertAll(labels.cpu().data<long>().ToArray(), label => (int)label)),
            augment
        );
    }

    private static void Run(
        Network network,
        DatasetSplit split,
        Device device,
        CancellationToken stop,
        Action<Tensor, Tensor> eachBatch,
        TestAugment augment = TestAugment.None
    )
    {
        BatchPlan plan = PlanOf(network, split);
        using var noGradients = inference_mode();
        BatchLoader? loader = null;
        try
        {
            foreach ((DatasetSplit source, ReadOnlyMemory<int> batch) in Batches(plan, split, stop))
            {
                using var scope = NewDisposeScope();
                loader ??= new BatchLoader(source, network.InputStatistics, plan.LargestBatch, device);
                (Tensor images, Tensor labels) = loader.Load(batch.Span, []);
                eachBatch(AugmentedOutputs.Of(network, images, augment), labels);
            }
        }
        finally
        {
            loader?.Dispose();
        }
    }

    private static BatchPlan PlanOf(Network network, DatasetSplit split) => new(split.Count, network.Plan.BatchSize(BatchSize));

    /// <summary>Goes through the images of a split in order; those of a streamed one are decoded ahead.</summary>
    private static IEnumerable<(DatasetSplit Source, ReadOnlyMemory<int> Batch)> Batches(
        BatchPlan plan,
        DatasetSplit split,
        CancellationToken stop
    )
    {
        int[] order = plan.Order();
        using var ahead = ReadAhead.Begin(split, order, 0, plan.LargestBatch);
        DatasetSplit source = ahead?.ToSplit() ?? split;
        int done = 0;
        for (int step = 0; step < plan.Steps && !stop.IsCancellationRequested; step++)
        {
            ReadOnlyMemory<int> batch = plan.Batch(order, step);
            yield return (source, batch);
            done += batch.Length;
            ahead?.Advance(done);
        }
    }
}
