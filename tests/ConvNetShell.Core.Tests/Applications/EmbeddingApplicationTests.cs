using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>Verification, identification and maps on vectors made by hand.</summary>
public sealed class EmbeddingApplicationTests
{
    [Fact]
    public void The_curve_of_four_pairs_is_that_by_hand()
    {
        // similarities 0.9 (same), 0.8 (different), 0.7 (same), 0.1 (different)
        VerificationPairs pairs = Pairs([0.9f, 0.8f, 0.7f, 0.1f], [true, false, true, false]);
        var curve = new VerificationCurve(pairs);
        Assert.Equal(0.75, curve.Auc, 12);
        Assert.Equal(0.5, curve.EqualErrorRate, 12);
        Assert.Equal(0.5, curve.TrueAcceptRate(0.01), 12);
        Assert.Equal(0.75, curve.BalancedAccuracy, 12);
        Assert.Equal((0.5, 1), curve.At(0.7 - 1e-6));
        Assert.Equal((0, 0), curve.At(0.95));

        // a pair that weighs nothing is not there
        Assert.Equal(1, new VerificationCurve(pairs, [1, 0, 1, 1]).Auc, 12);
    }

    [Fact]
    public void Equal_similarities_count_half_and_one_kind_of_pairs_has_no_area()
    {
        Assert.Equal(0.5, new VerificationCurve(Pairs([0.5f, 0.5f], [true, false])).Auc, 12);
        Assert.True(double.IsNaN(new VerificationCurve(Pairs([0.5f, 0.4f], [true, true])).Auc));
        Assert.True(double.IsNaN(new VerificationCurve(Pairs([float.NaN, 0.4f], [true, false])).Auc));
    }

    [Fact]
    public void Drawn_pairs_are_half_and_half_and_come_once()
    {
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 6)];
        foreach (int[] own in new[] { labels, [.. Enumerable.Range(0, 3600).Select(i => i % 60)] })
        {
            (int First, int Second)[] pairs = VerificationPairs.Draw(own, 200, new SeededRandom(1));
            Assert.Equal(200, pairs.Distinct().Count());
            Assert.Equal(100, pairs.Count(pair => own[pair.First] == own[pair.Second]));
            Assert.All(pairs, pair => Assert.True(pair.First < pair.Second));
        }
        Assert.Equal(2 + 4, VerificationPairs.Draw([0, 0, 1, 1], 100, new SeededRandom(1)).Length);
    }

    [Fact]
    public void Matches_have_the_rank_of_the_true_class_and_may_be_unknown()
    {
        Embedding[] gallery = [At("g0", "a", 0), At("g1", "b", 90), At("g2", "b", 100)];
        Embedding[] probes = [At("p0", "a", 10), At("p1", "a", 80), At("p2", "c", 95), At("p3", null, 0)];
        MatchReport report = MatchFinder.Find(gallery, probes, threshold: 0.99);
        Assert.Equal([1, 2, null, null], report.Matches.Select(match => match.Rank));
        Assert.Equal([null, null, "b", "a"], report.Matches.Select(match => match.Match));
        Assert.Equal([false, false, false, null], report.Matches.Select(match => match.IsCorrect));
        Assert.Equal((0.5, 1, 0, 1), (report.Rank1, report.Rank5, report.DetectionRate, report.FalseMatchRate));
        Assert.Equal((3, 2, 4), (report.GalleryImages, report.GalleryClasses, report.Probes));
        Assert.Equal("a", MatchFinder.Find(gallery, probes).Matches[0].Match);
        Assert.Throws<InvalidSettingException>(() => MatchFinder.Find([], probes));
        Assert.Throws<InvalidSettingException>(() => MatchFinder.Find([probes[3]], probes));
    }

    [Fact]
    public void Principal_components_find_the_plane_that_points_lie_in()
    {
        var random = new SeededRandom(2);
        float[][] points =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(_ => (A: 3 * random.NextGaussian(), B: random.NextGaussian()))
                .Select(p => new[] { (float)(p.A + p.B), (float)(p.A - p.B), 2f, (float)p.B }),
        ];
        (double[][] found, double[] variance) = PrincipalAxes.Project(points, 2);
        Assert.Equal(1, variance.Sum(), 6);
        Assert.True(variance[0] > variance[1]);
        for (int i = 1; i < points.Length; i++)
        {
            double apart = Math.Sqrt(points[0].Zip(points[i], (a, b) => (double)(a - b) * (a - b)).Sum());
            Assert.Equal(apart, Math.Sqrt(found[0].Zip(found[i], (a, b) => (a - b) * (a - b)).Sum()), 3);
        }
    }

    [Fact]
    public void Neighbors_stay_neighbors_on_the_map()
    {
        var random = new SeededRandom(3);
        Embedding[] embeddings =
        [
            .. Enumerable.Range(0, 60).Select(i => At($"i{i}", $"c{i % 3}", (60 * (i % 3)) + (4 * random.NextGaussian()))),
        ];
        string[] classes = [.. embeddings.Select(embedding => embedding.Class!)];
        EmbeddingMap map = EmbeddingMapper.Map(embeddings, classes, "Class", "Tiny", MapMethod.TSNE);
        int right = map.Points.Index().Count(pair => Nearest(map.Points, pair.Index).Group == pair.Item.Group);
        Assert.True(right >= 58, $"{right} of 60");
        Assert.Equal(map.Points, EmbeddingMapper.Map(embeddings, classes, "Class", "Tiny", MapMethod.TSNE).Points);
        Assert.Throws<InvalidSettingException>(() => EmbeddingMapper.Map(embeddings[..3], classes, "Class", "Tiny", MapMethod.PCA));
    }

    [Fact]
    public void Groups_that_differ_are_distinguished_from_groups_that_do_not()
    {
        int[] groups = [.. Enumerable.Range(0, 200).Select(i => i % 2)];
        bool[] fair = [.. Enumerable.Range(0, 200).Select(i => i % 10 > 1)],
            unfair = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 || i % 4 == 1)];
        double same = PermutationTest.Probability(groups, own => PermutationTest.ChiSquare(own, fair, 2), 1),
            different = PermutationTest.Probability(groups, own => PermutationTest.ChiSquare(own, unfair, 2), 1);
        Assert.True(same > 0.9);
        Assert.Equal(1.0 / (PermutationTest.Draws + 1), different);
        Assert.True(double.IsNaN(PermutationTest.Probability(new int[10], own => PermutationTest.ChiSquare(own, new bool[10], 1), 1)));

        // chi-square by hand: 100 of 100 and 50 of 100 correct, expected 75 each
        Assert.Equal(2 * 25 * 25 / (100 * 0.75 * 0.25), PermutationTest.ChiSquare(groups, unfair, 2), 9);
    }

    private static EmbeddingPoint Nearest(IReadOnlyList<EmbeddingPoint> points, int index) =>
        points
            .Where((_, other) => other != index)
            .MinBy(other => Math.Pow(other.X - points[index].X, 2) + Math.Pow(other.Y - points[index].Y, 2))!;

    private static Embedding At(string source, string? name, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new Embedding("Net", source, null, name, [(float)cos, (float)sin]);
    }

    /// <summary>Pairs with the given cosines: each image beside one that lies at its angle.</summary>
    private static VerificationPairs Pairs(float[] cosines, bool[] same) =>
        new(
            [
                [1, 0],
                .. cosines.Select(cosine => new[] { cosine, (float)Math.Sqrt(1 - (cosine * cosine)) }),
            ],
            [.. cosines.Select((_, index) => (0, index + 1))],
            same
        );
}
