using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// The triplet loss of FaceNet (Schroff et al., arXiv 1503.03832): an image is to be nearer to another of its class than to one of another
/// class, by a margin of squared distance. For each such pair of the batch the other is the semi-hard one: the nearest of those that are
/// farther than the partner; where there is none, the farthest of all.
/// </summary>
/// <param name="margin">The margin.</param>
internal sealed class TripletLoss(double margin) : EmbeddingLoss
{
    private const double Far = 1e6; // added to a distance, so that a minimum does not choose it

    /// <inheritdoc />
    public override (Tensor Cost, Tensor Scores, Tensor Targets) Of(Tensor outputs, Tensor labels, Tensor? weights)
    {
        Tensor unit = Unit(outputs),
            distances = SquaredDistances(unit);
        (Tensor same, Tensor different) = Pairs(labels);
        Tensor others = distances.unsqueeze(1); // anchor, partner, other
        Tensor excluded = others.gt(distances.unsqueeze(2)).to(ScalarType.Float32) * different.unsqueeze(1);
        Tensor semiHard = others.Plus(ones_like(excluded) - excluded, Far).min(2).values;
        Tensor farthest = distances.Plus(ones_like(different) - different, -Far).max(1).values.unsqueeze(1).expand_as(distances);
        Tensor other = where(semiHard.IsAtLeast(Far / 2), farthest, semiHard);
        Tensor costs = (distances - other).Plus(margin).AtLeast(0);
        Tensor hasOther = different.amax([1], keepdim: true);
        Tensor counted = same * hasOther * (weights is null ? same : weights.unsqueeze(1));
        (Tensor scores, Tensor targets) = Nearest(unit, labels);
        return (Mean(costs, counted), scores, targets);
    }
}
