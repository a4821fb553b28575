using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// The cross-entropy that is minimized: with label smoothing, class weights and mixed labels if the settings ask for them.
/// </summary>
internal sealed class TrainingLoss : IDisposable
{
    private const double SmallestWeight = 1e-30; // of a batch: smaller sums would be rounded to 0, which divides nothing
    private readonly double smoothing;
    private readonly IReadOnlyList<double>? chosen;
    private readonly Tensor? weights;

    public TrainingLoss(TrainingSettings settings, Dataset data, Device device)
    {
        smoothing = settings.LabelSmoothing;
        chosen = settings.BalanceClasses ? Balanced(data.Train, data.Classes.Count) : settings.ClassWeights;
        weights = chosen is null ? null : tensor(chosen.Select(weight => (float)weight).ToArray()).to(device).DetachFromDisposeScope();
    }

    /// <summary>Returns the mean loss of a batch.</summary>
    /// <param name="logits">The outputs.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="partners">The classes of the images mixed in; <see langword="null"/> for none.</param>
    /// <param name="fraction">The fraction of the own label where images are mixed.</param>
    public Tensor Of(Tensor logits, Tensor labels, Tensor? partners = null, double fraction = 1) =>
        partners is null ? Of(logits, labels) : Of(logits, labels).Times(fraction).Plus(Of(logits, partners), 1 - fraction);

    /// <summary>
    /// Returns the total weight of images, each by the weight of its class. The mean loss of a batch is the sum of the mean losses of its
    /// shards, each times its fraction of the weight.
    /// </summary>
    public double Weight(DatasetSplit split, ReadOnlySpan<int> indices)
    {
        if (chosen is null)
        {
            return indices.Length;
        }
        double sum = 0;
        foreach (int index in indices)
        {
            sum += chosen[split.LabelArray[index]];
        }
        return sum;
    }

    /// <summary>Returns the weight of each image, that of its class; <see langword="null"/> where all weigh 1.</summary>
    /// <param name="labels">The classes.</param>
    public Tensor? Weights(Tensor labels) => weights?.index_select(0, labels);

    /// <inheritdoc />
    public void Dispose() => weights?.Dispose();

    /// <summary>
    /// Returns weights that make all classes count alike, with a mean of 1 over the images; a class without images gets 0.
    /// </summary>
    internal static double[] Balanced(DatasetSplit split, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in split.LabelArray)
        {
            counts[label]++;
        }
        int present = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0 : (double)split.Count / (present * count))];
    }

    /// <summary>
    /// The loss of an image, smoothed or not, counts by the weight of its own class; a batch that weighs nothing costs nothing.
    /// </summary>
    private Tensor Of(Tensor logits, Tensor labels)
    {
        if (weights is null)
        {
            return nn.functional.cross_entropy(logits, labels, label_smoothing: smoothing);
        }
        Tensor losses = nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: smoothing),
            own = weights.index_select(0, labels);
        return (losses * own).sum() / own.sum().AtLeast(SmallestWeight);
    }
}
