using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Adds up loss and hits over batches.</summary>
internal sealed class LossMeter
{
    private double loss;
    private long hits;

    /// <summary>Gets the number of images so far.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the mean loss; not a number without images.</summary>
    public double Loss => loss / Count;

    /// <summary>Gets the share of images told right; not a number without images.</summary>
    public double Accuracy => (double)hits / Count;

    /// <summary>Adds a batch and returns its mean loss.</summary>
    public double Add(Tensor batchLoss, Tensor logits, Tensor labels)
    {
        double value = batchLoss.item<float>();
        long count = labels.shape[0];
        loss += value * count;
        hits += logits.argmax(1).eq(labels).sum().item<long>();
        Count += count;
        return value;
    }
}
