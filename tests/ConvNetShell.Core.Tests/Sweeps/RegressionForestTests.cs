using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Analysis;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class RegressionForestTests
{
    [Fact]
    public void A_parameter_that_alone_decides_explains_the_variance()
    {
        RegressionForest forest = Grow(point => 3 * point[0], [0, 0]);

        double[] importance = forest.Importance();
        Assert.InRange(importance[0], 0.9, 1);
        Assert.InRange(importance[1], 0, 0.05);
    }

    [Fact]
    public void Two_parameters_that_add_up_share_the_variance_by_their_own()
    {
        // The variance of 2a is four times that of b: 0.8 and 0.2.
        double[] importance = Grow(point => (2 * point[0]) + point[1], [0, 0]).Importance();

        Assert.InRange(importance[0], 0.7, 0.85);
        Assert.InRange(importance[1], 0.12, 0.25);
    }

    [Fact]
    public void Parameters_that_only_act_together_explain_little_by_themselves()
    {
        double[] importance = Grow(point => (point[0] > 0.5) == (point[1] > 0.5) ? 1 : 0, [0, 0]).Importance();

        Assert.All(importance, value => Assert.InRange(value, 0, 0.2));
    }

    [Fact]
    public void A_list_of_values_is_split_by_its_objective()
    {
        RegressionForest forest = Grow(point => point[0] is 0 or 2 ? 1 : 0, [4, 0]);

        Assert.InRange(forest.Importance()[0], 0.9, 1);
        Assert.Equal(1, forest.Expect((0, 2), (1, 0.5)), 0.05);
        Assert.Equal(0, forest.Expect((0, 3), (1, 0.5)), 0.05);
    }

    [Fact]
    public void Trials_that_are_all_alike_explain_nothing() => Assert.Equal([0.0, 0.0], Grow(_ => 0.5, [0, 0]).Importance());

    [Fact]
    public void The_same_trials_give_the_same_forest() =>
        Assert.Equal(Grow(point => point[0] * point[1], [0, 0]).Importance(), Grow(point => point[0] * point[1], [0, 0]).Importance());

    private static RegressionForest Grow(Func<double[], double> objective, int[] values)
    {
        var random = new SeededRandom(7);
        double[][] points =
        [
            .. Enumerable
                .Range(0, 120)
                .Select(_ => values.Select(count => count > 0 ? random.NextInt(count) : random.NextDouble()).ToArray()),
        ];
        return new RegressionForest(points, [.. points.Select(objective)], values);
    }
}
