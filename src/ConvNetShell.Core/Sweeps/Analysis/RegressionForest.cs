using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>
/// A random forest over the parameters of a sweep and its functional analysis of variance (Hutter, Hoos and Leyton-Brown, "An Efficient
/// Approach for Assessing Hyperparameter Importance", ICML 2014): the boxes of each tree give the mean objective at one value of a
/// parameter over all values of the others, and the variance of that mean is what the parameter explains by itself.
/// </summary>
internal sealed class RegressionForest
{
    private const int Trees = 64;
    private readonly IReadOnlyList<ForestLeaf>[] trees;
    private readonly IReadOnlyList<int> values;

    /// <summary>Grows a forest; the same trials give the same forest.</summary>
    /// <param name="points">The parameters of each trial: fractions of ranges, or indexes in lists.</param>
    /// <param name="targets">The objective of each trial.</param>
    /// <param name="values">The number of values of each list; 0 for a range.</param>
    public RegressionForest(IReadOnlyList<double[]> points, IReadOnlyList<double> targets, IReadOnlyList<int> values)
    {
        this.values = values;
        trees =
        [
            .. Enumerable
                .Range(0, Trees)
                .Select(tree =>
                {
                    var random = new SeededRandom(tree);
                    int[] sample = [.. points.Select(_ => random.NextInt(points.Count))];
                    return new RegressionTree(points, targets, values, random).Grow(sample);
                }),
        ];
    }

    /// <summary>Returns the fraction of the variance that each parameter explains by itself, as the mean over the trees.</summary>
    public double[] Importance()
    {
        double[] sums = new double[values.Count];
        int count = 0;
        foreach (IReadOnlyList<ForestLeaf> leaves in trees)
        {
            double mean = leaves.Sum(leaf => leaf.Volume * leaf.Value),
                variance = leaves.Sum(leaf => leaf.Volume * (leaf.Value - mean) * (leaf.Value - mean));
            if (variance <= 0)
            {
                continue; // a tree whose trials are all alike explains nothing
            }
            count++;
            for (int dimension = 0; dimension < sums.Length; dimension++)
            {
                sums[dimension] += Marginal(leaves, dimension).Sum(part => part.Size * Math.Pow(part.Mean - mean, 2)) / variance;
            }
        }
        return [.. sums.Select(sum => count == 0 ? 0 : Math.Clamp(sum / count, 0, 1))];
    }

    /// <summary>Returns the mean objective at a value of two parameters, over all values of the others.</summary>
    public double Expect((int Dimension, double Value) first, (int Dimension, double Value) second) =>
        trees.Average(leaves =>
            leaves
                .Where(leaf => leaf.Sides[first.Dimension].Contains(first.Value) && leaf.Sides[second.Dimension].Contains(second.Value))
                .Sum(leaf => leaf.Value * leaf.Volume / (leaf.Sides[first.Dimension].Size * leaf.Sides[second.Dimension].Size))
        );

    /// <summary>Returns the parts of a parameter's values between which the mean objective changes, with their size and mean.</summary>
    private IEnumerable<(double Size, double Mean)> Marginal(IReadOnlyList<ForestLeaf> leaves, int dimension)
    {
        if (values[dimension] > 0)
        {
            return Enumerable
                .Range(0, values[dimension])
                .Select(value =>
                    (
                        1.0 / values[dimension],
                        leaves
                            .Where(leaf => leaf.Sides[dimension].Contains(value))
                            .Sum(leaf => leaf.Value * leaf.Volume / leaf.Sides[dimension].Size)
                    )
                );
        }
        double[] ends = [.. leaves.SelectMany(leaf => new[] { leaf.Sides[dimension].Low, leaf.Sides[dimension].High }).Distinct().Order()];
        double[] steps = new double[ends.Length]; // how the mean changes at each end
        foreach (ForestLeaf leaf in leaves)
        {
            LeafSide side = leaf.Sides[dimension];
            double part = leaf.Value * leaf.Volume / side.Size;
            steps[Array.BinarySearch(ends, side.Low)] += part;
            steps[Array.BinarySearch(ends, side.High)] -= part;
        }
        var parts = new List<(double, double)>();
        double mean = 0;
        for (int i = 0; i + 1 < ends.Length; i++)
        {
            mean += steps[i];
            parts.Add((ends[i + 1] - ends[i], mean));
        }
        return parts;
    }
}
