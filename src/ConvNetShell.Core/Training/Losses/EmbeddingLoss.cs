using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// A loss of embeddings, which are brought to length 1 first. Images of one class are to be near each other, images of others far away.
/// </summary>
internal abstract class EmbeddingLoss : IDisposable
{
    /// <summary>Gets the weights of the loss itself, which are learned beside the network's.</summary>
    public virtual IReadOnlyList<NamedTensor> Parameters => [];

    /// <summary>Makes the loss that settings ask for; <see langword="null"/> for the cross-entropy of a classifier.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="train">The images to train on.</param>
    /// <param name="dimensions">The length of an embedding.</param>
    /// <param name="device">Where it computes.</param>
    public static EmbeddingLoss? Create(TrainingSettings settings, DatasetSplit train, int dimensions, Device device) =>
        settings.Loss switch
        {
            LossKind.Triplet => new TripletLoss(settings.UsedMargin),
            LossKind.Contrastive => new ContrastiveLoss(settings.UsedMargin),
            LossKind.ArcFace => new ArcFaceLoss(settings, train, dimensions, device),
            _ => null,
        };

    /// <summary>Returns the mean loss of a batch, and its scores and targets: an image is correct where its largest score is the target's.
    /// </summary>
    /// <param name="outputs">The network's outputs, a row an image.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="weights">The weight of each image; <see langword="null"/> for 1.</param>
    public abstract (Tensor Cost, Tensor Scores, Tensor Targets) Of(Tensor outputs, Tensor labels, Tensor? weights);

    /// <inheritdoc />
    public virtual void Dispose() { }

    /// <summary>Returns the rows with length 1.</summary>
    protected static Tensor Unit(Tensor rows) => nn.functional.normalize(rows, 2, 1);

    /// <summary>Returns the mean of values by their weights; 0 where nothing weighs.</summary>
    protected static Tensor Mean(Tensor values, Tensor weights) => (values * weights).sum() / weights.sum().AtLeast(1e-12);

    /// <summary>
    /// Returns the similarities of all pairs of a batch as scores, an image's own lowered below all others, and as target the nearest
    /// image where it is of the same class, else none.
    /// </summary>
    /// <param name="unit">Embeddings of length 1.</param>
    /// <param name="labels">The classes.</param>
    protected static (Tensor Scores, Tensor Targets) Nearest(Tensor unit, Tensor labels)
    {
        Tensor fixedUnit = unit.detach(),
            self = eye(labels.shape[0], device: unit.device);
        Tensor scores = fixedUnit.mm(fixedUnit.transpose(0, 1)).Plus(self, -4.0);
        Tensor nearest = scores.argmax(1);
        Tensor same = labels.index_select(0, nearest).eq(labels);
        return (scores, where(same, nearest, zeros_like(nearest).Plus(-1L)));
    }

    /// <summary>Returns the squared distances of all pairs of vectors of length 1.</summary>
    protected static Tensor SquaredDistances(Tensor unit) => unit.mm(unit.transpose(0, 1)).Times(-2).Plus(2.0).AtLeast(0);

    /// <summary>Returns 1 for each pair of different images of the same class, and for each pair of different classes, else 0.</summary>
    protected static (Tensor Same, Tensor Different) Pairs(Tensor labels)
    {
        Tensor equal = labels.unsqueeze(1).eq(labels.unsqueeze(0));
        Tensor same = equal.to(ScalarType.Float32);
        return (same - eye(labels.shape[0], device: labels.device), equal.logical_not().to(ScalarType.Float32));
    }
}
