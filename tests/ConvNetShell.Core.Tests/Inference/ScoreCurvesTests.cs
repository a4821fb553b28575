using ConvNetShell.Core.Inference.Metrics;

namespace ConvNetShell.Core.Tests.Inference;

public sealed class ScoreCurvesTests
{
    [Fact] // the examples of scikit-learn's roc_auc_score and average_precision_score
    public void Areas_are_those_of_scikit_learn()
    {
        (double area, double precision) = ScoreCurves.Of([0.1f, 0.4f, 0.35f, 0.8f], [false, false, true, true]);
        Assert.Equal(0.75, area, 1e-12);
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3, precision, 1e-12);
    }

    [Fact]
    public void Equal_scores_are_chance()
    {
        (double area, double precision) = ScoreCurves.Of([0.3f, 0.3f, 0.3f, 0.3f, 0.3f], [true, false, true, false, false]);
        Assert.Equal(0.5, area);
        Assert.Equal(2 / 5.0, precision, 1e-12);
    }

    /// <summary>Counts every pair of an image of the class and another, an equal pair as half a one.</summary>
    [Fact]
    public void The_first_area_is_the_fraction_of_pairs_in_order()
    {
        var random = new Random(3);
        float[] scores = [.. Enumerable.Range(0, 60).Select(_ => random.Next(8) / 8f)];
        bool[] isClass = [.. scores.Select(score => random.NextDouble() < 0.2 + score / 2)];
        double pairs = 0,
            ordered = 0;
        foreach ((float own, _) in scores.Zip(isClass).Where(pair => pair.Second))
        {
            foreach ((float other, _) in scores.Zip(isClass).Where(pair => !pair.Second))
            {
                pairs++;
                ordered +=
                    own > other ? 1
                    : own == other ? 0.5
                    : 0;
            }
        }
        Assert.Equal(ordered / pairs, ScoreCurves.Of([.. scores], [.. isClass]).RocAuc, 1e-12);
    }

    [Fact]
    public void One_kind_of_image_has_no_curve()
    {
        Assert.Equal((double.NaN, double.NaN), ScoreCurves.Of([0.1f, 0.2f], [false, false]));
        Assert.Equal((double.NaN, 1.0), ScoreCurves.Of([0.1f, 0.2f], [true, true]));
        Assert.Equal((double.NaN, double.NaN), ScoreCurves.Of([float.NaN, 0.2f], [true, false]));
    }
}
