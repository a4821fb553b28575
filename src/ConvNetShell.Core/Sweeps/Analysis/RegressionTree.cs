using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>Grows one tree of a forest: each split leaves the least sum of squares, until the trials of a box have one value.</summary>
/// <param name="points">The parameters of each trial: fractions of ranges, or indexes in lists.</param>
/// <param name="targets">The objective of each trial.</param>
/// <param name="values">The number of values of each list; 0 for a range.</param>
/// <param name="random">Chooses the parameters to try at each split.</param>
internal sealed class RegressionTree(
    IReadOnlyList<double[]> points,
    IReadOnlyList<double> targets,
    IReadOnlyList<int> values,
    SeededRandom random
)
{
    private const double TriedFraction = 5.0 / 6;
    private readonly List<ForestLeaf> leaves = [];

    /// <summary>Returns the boxes of a tree.</summary>
    /// <param name="sample">The indexes of its trials; one may occur several times.</param>
    public IReadOnlyList<ForestLeaf> Grow(int[] sample)
    {
        Split(sample, [.. values.Select(LeafSide.Whole)]);
        return leaves;
    }

    private void Split(int[] sample, LeafSide[] sides)
    {
        (double Gain, int Dimension, LeafSide Left, LeafSide Right) best = (0, -1, sides[0], sides[0]);
        if (sample.Any(trial => targets[trial] != targets[sample[0]]))
        {
            int[] order = [.. Enumerable.Range(0, values.Count)];
            random.Shuffle(order.AsSpan());
            int tried = Math.Max(1, (int)Math.Ceiling(TriedFraction * order.Length));
            for (int i = 0; i < order.Length && (i < tried || best.Dimension < 0); i++)
            {
                if (Best(sample, order[i], sides[order[i]]) is { } found && (best.Dimension < 0 || found.Gain > best.Gain))
                {
                    best = (found.Gain, order[i], found.Left, found.Right);
                }
            }
        }
        if (best.Dimension < 0)
        {
            leaves.Add(new ForestLeaf(sample.Average(trial => targets[trial]), sides));
            return;
        }
        foreach (LeafSide side in new[] { best.Left, best.Right })
        {
            LeafSide[] inside = [.. sides];
            inside[best.Dimension] = side;
            Split([.. sample.Where(trial => side.Contains(points[trial][best.Dimension]))], inside);
        }
    }

    /// <summary>Returns the best split along a parameter, or <see langword="null"/> where all trials have the same value.</summary>
    private (double Gain, LeafSide Left, LeafSide Right)? Best(int[] sample, int dimension, LeafSide side)
    {
        // The values of a list are sorted by their mean objective: the best of all divisions in two is one in that order.
        (double At, double[] Targets)[] groups =
        [
            .. sample
                .GroupBy(trial => points[trial][dimension], trial => targets[trial])
                .Select(group => (At: group.Key, Targets: group.ToArray()))
                .OrderBy(group => side.Members is null ? group.At : group.Targets.Average()),
        ];
        double sum = sample.Sum(trial => targets[trial]),
            left = 0,
            gain = double.NegativeInfinity;
        (int count, int cut) = (0, -1);
        for (int i = 0; i + 1 < groups.Length; i++)
        {
            left += groups[i].Targets.Sum();
            count += groups[i].Targets.Length;
            double between = (left * left / count) + ((sum - left) * (sum - left) / (sample.Length - count));
            if (between > gain)
            {
                (gain, cut) = (between, i);
            }
        }
        if (cut < 0)
        {
            return null;
        }
        if (side.Members is null)
        {
            double middle = (groups[cut].At + groups[cut + 1].At) / 2;
            return (gain, side with { High = middle }, side with { Low = middle });
        }
        var chosen = groups.Take(cut + 1).Select(group => (int)group.At).ToHashSet();
        return (
            gain,
            side with
            {
                Members = [.. side.Members.Select((isMember, index) => isMember && chosen.Contains(index))],
            },
            side with
            {
                Members = [.. side.Members.Select((isMember, index) => isMember && !chosen.Contains(index))],
            }
        );
    }
}
