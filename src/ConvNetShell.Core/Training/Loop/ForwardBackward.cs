using System.Diagnostics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Takes batches through a network and back, on the thread that calls.</summary>
internal sealed class ForwardBackward : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly Network network;
    private readonly IBatchSource batches;
    private readonly TrainingLoss loss;
    private readonly EmbeddingLoss? embedding;
    private readonly CaptionLoss? captions;
    private readonly FusedConvolutions? fused;
    private readonly KernelScratch[] scratch;

    /// <param name="run">The run.</param>
    /// <param name="network">The run's network, or a replica of it.</param>
    /// <param name="split">The images to train on.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="largestBatch">The images in the largest batch, the partners that come after those of a part not counted.</param>
    /// <param name="threads">The threads it computes with.</param>
    /// <param name="embedding">The run's loss of embeddings, or <see langword="null"/>.</param>
    public ForwardBackward(
        TrainingRun run,
        Network network,
        DatasetSplit split,
        Device device,
        int largestBatch,
        int threads,
        EmbeddingLoss? embedding = null
    )
    {
        (settings, this.network, this.embedding) = (run.Settings, network, embedding);
        batches =
            device.type == TorchSharp.DeviceType.CPU || split.IsStreamed
                ? new BatchLoader(
                    split,
                    network.InputStatistics,
                    settings.Augmentation.Mixes ? 2 * largestBatch : largestBatch,
                    device,
                    settings.Augmentation
                )
                : new DeviceBatches(split, network.InputStatistics, device, settings.Augmentation);
        loss = new TrainingLoss(settings, run.Dataset, device);
        captions = settings.LearnsCaptions ? new CaptionLoss(network, split, device) : null;
        fused = FusedConvolutions.For(network, settings.Precision, device, threads, largestBatch);
        scratch = OwnConvolution.IsSupported(device) ? OwnConvolution.Scratch(threads) : [];
    }

    /// <summary>Adds the gradients of a batch to those the network's weights have.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="draws">The augmentation of each; empty for none.</param>
    /// <param name="scale">The factor of the gradients.</param>
    /// <param name="meter">Adds up loss and correct predictions.</param>
    /// <param name="dropout">What dropout draws from.</param>
    /// <param name="choice">What the choice among the captions of an image draws from.</param>
    /// <param name="mixing">How images are mixed, where the augmentation mixes.</param>
    /// <param name="part">Which part of a batch this is; none for the whole. Where images are mixed, the partners of a part's images come
    /// after these; those of a whole batch are its images in reverse order.</param>
    public GradientResult Add(
        ReadOnlySpan<int> indices,
        ReadOnlySpan<AugmentationSample> draws,
        double scale,
        LossAccumulator meter,
        Generator? dropout,
        SeededRandom choice,
        Mixing? mixing = null,
        BatchPart? part = null
    )
    {
        using var scope = NewDisposeScope();
        long began = Stopwatch.GetTimestamp();
        (Tensor images, Tensor labels) = batches.Load(indices, draws);
        Tensor? partners = null;
        if (mixing is Mixing mix)
        {
            (images, labels, partners) = part is null
                ? (mix.Apply(images, images.flip(0)), labels, labels.flip(0))
                : MixHalves(images, labels, mix);
        }
        int count = (int)images.shape[0];
        long loaded = Stopwatch.GetTimestamp();
        Tensor? words = captions?.Draw(indices, choice);
        var context = new ForwardContext(
            Training: true,
            dropout,
            settings.Precision == Precision.BFloat16,
            Words: words,
            Part: part,
            Scratch: scratch
        );
        Tensor? features = fused?.IsInRange() == true ? fused.Forward(images) : null;
        Tensor logits = features is null ? network.Logits(images, context) : network.LogitsAfter(fused!.Length, features, context);
        (Tensor cost, Tensor scores, Tensor targets) =
            words is not null ? CaptionLoss.Of(logits, words, settings.LabelSmoothing)
            : embedding is null ? (loss.Of(logits, labels, partners, mixing?.Fraction ?? 1), logits, labels)
            : embedding.Of(logits, labels, loss.Weights(labels));
        double value = meter.Add(cost, scores, targets, count);
        long forward = Stopwatch.GetTimestamp();
        string fault = string.Empty;
        bool isFinite = double.IsFinite(value);
        if (part is null ? isFinite : part.Exchange.Share(part.Number, (object)isFinite)?.All(found => found is true) == true)
        {
            if (cost.requires_grad) // in this epoch something learns
            {
                OwnGradients.Run(() => (scale == 1 ? cost : cost.Times(scale)).backward());
            }
            if (features?.grad is Tensor gradient)
            {
                fused!.Backward(gradient);
            }
        }
        else if (!isFinite)
        {
            fault = NonFiniteFinder.Describe(network, images);
        }
        return new GradientResult(value, fault, loaded - began, forward - loaded, Stopwatch.GetTimestamp() - forward);
    }

    private static (Tensor Images, Tensor Labels, Tensor Partners) MixHalves(Tensor images, Tensor labels, Mixing mixing)
    {
        long count = images.shape[0] / 2;
        return (
            mixing.Apply(images.narrow(0, 0, count), images.narrow(0, count, count)),
            labels.narrow(0, 0, count),
            labels.narrow(0, count, count)
        );
    }

    /// <inheritdoc />
    public void Dispose()
    {
        fused?.Dispose();
        Array.ForEach(scratch, own => own.Dispose());
        batches.Dispose();
        loss.Dispose();
        captions?.Dispose();
    }
}
