using System.Runtime.InteropServices;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>
/// Adds up loss and correct predictions over batches. On a GPU the sums stay there until they are asked for, so that no step waits for
/// them.
/// </summary>
internal sealed class LossAccumulator : IDisposable
{
    private readonly Tensor? sums; // loss, correct
    private double loss;
    private double correct;

    /// <param name="device">Where the losses lie; <see langword="null"/> for the processor.</param>
    public LossAccumulator(Device? device = null) =>
        sums =
            device is null || device.type == TorchSharp.DeviceType.CPU
                ? null
                : zeros(2, ScalarType.Float64, device).DetachFromDisposeScope();

    /// <summary>Gets the number of images so far.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the mean loss; not a number without images.</summary>
    public double Loss => Read().Loss / Count;

    /// <summary>Gets the fraction of images classified correctly; NaN without images.</summary>
    public double Accuracy => Read().Correct / Count;

    /// <summary>Adds a batch and returns its mean loss; on a GPU 0, so as not to wait for it.</summary>
    public double Add(Tensor batchLoss, Tensor logits, Tensor labels) => Add(batchLoss, logits, labels, labels.shape[0]);

    /// <summary>Adds a batch of images that may have several labels each, and returns its mean loss; on a GPU 0.</summary>
    /// <param name="batchLoss">The mean loss.</param>
    /// <param name="logits">The scores, a row for each label.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="images">The images; an image with several labels, words for instance, is right by the fraction of those that are.
    /// </param>
    public double Add(Tensor batchLoss, Tensor logits, Tensor labels, long images)
    {
        long count = images;
        Count += count;
        double fraction = labels.shape[0] == images ? 1 : (double)images / labels.shape[0];
        if (sums is not null)
        {
            using var noGradients = no_grad();
            Tensor isNumber = logits.detach().isnan().any(1).logical_not(), // libtorch takes what is not a number for the largest
                right = logits.detach().argmax(1).eq(labels).logical_and(isNumber).to(ScalarType.Float64).sum().Times(fraction);
            sums.AddInPlace(stack([batchLoss.detach().to(ScalarType.Float64).Times(count), right]));
            return 0;
        }
        double value = batchLoss.item<float>();
        loss += value * count;
        correct += Right(logits, labels) * fraction;
        return value;
    }

    /// <summary>Returns the rows whose largest score, the first of several, is that of the label; one that is not a number is right
    /// nowhere.</summary>
    private static int Right(Tensor logits, Tensor labels)
    {
        if (labels.numel() == 0)
        {
            return 0;
        }
        using Tensor scores = logits.detach().cpu().to(ScalarType.Float32).contiguous(),
            wanted = labels.cpu().to(ScalarType.Int64).contiguous();
        ReadOnlySpan<float> all = MemoryMarshal.Cast<byte, float>(scores.bytes);
        ReadOnlySpan<long> classes = MemoryMarshal.Cast<byte, long>(wanted.bytes);
        int size = (int)scores.shape[1],
            right = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            right += Largest(all.Slice(i * size, size)) == classes[i] ? 1 : 0;
        }
        return right;
    }

    private static int Largest(ReadOnlySpan<float> row)
    {
        int largest = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (float.IsNaN(row[i]))
            {
                return -1;
            }
            largest = row[i] > row[largest] ? i : largest;
        }
        return largest;
    }

    /// <summary>
    /// Takes over the images and correct predictions of a shard, which another meter on the processor has added up; that one is then at
    /// nothing again.
    /// </summary>
    /// <param name="part">The other meter.</param>
    /// <param name="batchLoss">The mean loss of the whole batch.</param>
    public void Take(LossAccumulator part, double batchLoss)
    {
        (loss, correct, Count) = (loss + batchLoss * part.Count, correct + part.correct, Count + part.Count);
        (part.loss, part.correct, part.Count) = (0, 0, 0);
    }

    /// <summary>Returns the sums.</summary>
    public (double Loss, double Correct) Read()
    {
        if (sums is null)
        {
            return (loss, correct);
        }
        using Tensor read = sums.cpu();
        double[] values = read.data<double>().ToArray();
        return (values[0], values[1]);
    }

    /// <summary>Goes on from sums that were read before.</summary>
    public void Restore(double lossSum, double hitSum, long count)
    {
        (loss, correct, Count) = (lossSum, hitSum, count);
        if (sums is not null)
        {
            using var noGradients = no_grad();
            using var scope = NewDisposeScope();
            sums.copy_(tensor(new[] { lossSum, hitSum }));
        }
    }

    /// <inheritdoc />
    public void Dispose() => sums?.Dispose();
}
