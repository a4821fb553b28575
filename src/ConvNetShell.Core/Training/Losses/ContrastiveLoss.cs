using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// The contrastive loss (Hadsell, Chopra and LeCun, 2006) of all pairs of a batch: the squared distance of a pair of the same class, and
/// the squared distance that a pair of different classes lacks to the margin; half the sum of the two means, as a batch has far fewer
/// pairs of the same class.
/// </summary>
/// <param name="margin">The margin.</param>
internal sealed class ContrastiveLoss(double margin) : EmbeddingLoss
{
    private const double Smallest = 1e-8; // the root of 0 has no gradient

    /// <inheritdoc />
    public override (Tensor Cost, Tensor Scores, Tensor Targets) Of(Tensor outputs, Tensor labels, Tensor? weights)
    {
        Tensor unit = Unit(outputs),
            squares = SquaredDistances(unit);
        (Tensor same, Tensor different) = Pairs(labels);
        if (weights is not null)
        {
            (same, different) = (same * weights.unsqueeze(1), different * weights.unsqueeze(1));
        }
        Tensor lacking = squares.Plus(Smallest).sqrt().Times(-1).Plus(margin).AtLeast(0);
        Tensor cost = Mean(squares, same).Plus(Mean(lacking.Squared(), different)).Times(0.5);
        (Tensor scores, Tensor targets) = Nearest(unit, labels);
        return (cost, scores, targets);
    }
}
