using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// ArcFace (Deng et al., arXiv 1801.07698): the cross-entropy of the cosines between an embedding and one direction for each class of
/// Train, times a scale; the angle to the own class's direction is enlarged by a margin first. The directions are weights of the loss.
/// </summary>
internal sealed class ArcFaceLoss : EmbeddingLoss
{
    private const int DirectionStream = 0x41726346;
    private readonly double margin,
        scale,
        smoothing;
    private readonly long classes;
    private readonly NamedTensor directions;
    private readonly Tensor rows; // by label; classes without images to train on have no direction

    /// <param name="settings">Margin, scale, label smoothing and seed.</param>
    /// <param name="train">The images to train on.</param>
    /// <param name="dimensions">The length of an embedding.</param>
    /// <param name="device">Where it computes.</param>
    public ArcFaceLoss(TrainingSettings settings, DatasetSplit train, int dimensions, Device device)
    {
        (margin, scale, smoothing) = (settings.UsedMargin, settings.UsedLossScale, settings.LabelSmoothing);
        int[] present = [.. train.LabelArray.Distinct().Order()];
        classes = present.Length;
        long[] byLabel = new long[present[^1] + 1];
        foreach ((int row, int label) in present.Index())
        {
            byLabel[label] = row;
        }
        var random = new SeededRandom(settings.Seed, DirectionStream);
        float[] values = [.. Enumerable.Range(0, present.Length * dimensions).Select(_ => (float)random.NextGaussian())];
        using var scope = NewDisposeScope();
        rows = tensor(byLabel).to(device).DetachFromDisposeScope();
        Tensor start = Unit(tensor(values, [present.Length, dimensions]).to(device));
        directions = new NamedTensor("arcface.weight", start.requires_grad_(true).DetachFromDisposeScope());
    }

    /// <inheritdoc />
    public override IReadOnlyList<NamedTensor> Parameters => [directions];

    /// <inheritdoc />
    public override (Tensor Cost, Tensor Scores, Tensor Targets) Of(Tensor outputs, Tensor labels, Tensor? weights)
    {
        Tensor targets = rows.index_select(0, labels),
            own = nn.functional.one_hot(targets, classes).to(ScalarType.Float32);
        Tensor cosines = Unit(outputs).mm(Unit(directions.Value).transpose(0, 1)).Clamped(-1 + 1e-6, 1 - 1e-6);
        Tensor sines = cosines.Squared().Times(-1).Plus(1.0).sqrt();
        Tensor enlarged = cosines.Times(Math.Cos(margin)).Plus(sines, -Math.Sin(margin)); // cos(angle + margin)

        // An angle that would go beyond half a turn gets a straight penalty instead, so that the loss never falls with it.
        Tensor straight = cosines.Plus(-margin * Math.Sin(margin));
        Tensor margined = where(cosines.IsAbove(-Math.Cos(margin)), enlarged, straight);
        Tensor scores = cosines.Plus(own * (margined - cosines)).Times(scale);
        if (weights is null)
        {
            return (nn.functional.cross_entropy(scores, targets, label_smoothing: smoothing), cosines, targets);
        }
        Tensor costs = nn.functional.cross_entropy(scores, targets, reduction: nn.Reduction.None, label_smoothing: smoothing);
        return (Mean(costs, weights), cosines, targets);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        directions.Dispose();
        rows.Dispose();
    }
}
