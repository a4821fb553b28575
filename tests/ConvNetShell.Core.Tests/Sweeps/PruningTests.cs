using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Pruning;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class PruningTests
{
    private const int Trials = 81,
        Epochs = 81;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Successive_halving_finds_the_best_of_81_curves_with_a_third_of_the_epochs(int seed)
    {
        double[][] curves = Curves(seed);
        var halving = new SuccessiveHalving(1, Epochs, 3);
        var results = new List<RungResult>();
        var none = new HashSet<int>();
        int spent = 0,
            begun = 0;
        while (true)
        {
            RungResult? promoted = halving.Promote(results, none);
            if (promoted is null && begun == Trials)
            {
                break;
            }
            (int trial, int rung) = promoted is null ? (begun++, 0) : (promoted.Trial, promoted.Rung + 1);
            spent += halving.Epochs[rung] - (rung == 0 ? 0 : halving.Epochs[rung - 1]);
            results.Add(new RungResult(trial, rung, curves[trial][halving.Epochs[rung] - 1]));
        }

        int best = Array.IndexOf(curves, curves.MinBy(curve => curve[^1]));
        Assert.Equal(best, results.Where(result => result.Rung == halving.Epochs.Count - 1).MinBy(result => result.Loss)!.Trial);
        Assert.True(3 * spent <= Trials * Epochs, $"{spent} of {Trials * Epochs} epochs");
    }

    [Fact]
    public void Hyperband_has_brackets_of_fewer_and_longer_trials()
    {
        var hyperband = new Hyperband(1, 27, 3);

        Assert.Equal([1, 3, 9, 27], hyperband.Brackets.Select(bracket => bracket.Epochs[0]));
        int[] sizes = [.. Enumerable.Range(1, 49).GroupBy(hyperband.BracketOf).OrderBy(group => group.Key).Select(group => group.Count())];
        Assert.Equal([27, 12, 6, 4], sizes); // table 1 of the paper, for R = 27
        Assert.Equal(0, hyperband.BracketOf(50));
    }

    [Fact]
    public void A_trial_under_way_is_not_promoted_again()
    {
        var halving = new SuccessiveHalving(1, 9, 3);
        RungResult[] results = [new(0, 0, 0.1), new(1, 0, 0.2), new(2, 0, 0.3)];

        Assert.Equal(0, halving.Promote(results, new HashSet<int>())!.Trial);
        Assert.Null(halving.Promote(results, new HashSet<int> { 0 }));
        Assert.Null(halving.Promote(results[..2], new HashSet<int>()));
    }

    [Theory]
    [InlineData(0, 9, 3)]
    [InlineData(10, 9, 3)]
    [InlineData(1, 9, 1)]
    public void Rungs_that_cannot_be_are_refused(int least, int most, int factor) =>
        Assert.Throws<InvalidSettingException>(() => new SuccessiveHalving(least, most, factor));

    [Fact]
    public void The_median_rule_ends_what_is_worse_than_half_of_the_others()
    {
        var pruner = new MedianPruner();
        double[][] others =
        [
            [3, 2, 1],
            [3, 2, 1.5],
            [4, 3, 2],
            [4, 3, 2.5],
        ];

        Assert.Equal(PruningDecision.Prune, pruner.Decide([4, 3.5], others));
        Assert.Equal(PruningDecision.Continue, pruner.Decide([4, 2.4], others));
        Assert.Equal(PruningDecision.Continue, pruner.Decide([9], others)); // warm-up
        Assert.Equal(PruningDecision.Continue, pruner.Decide([9, 9], others[..3])); // too few to compare with
        Assert.Equal(PruningDecision.Prune, pruner.Decide([double.NaN, double.NaN], others));
    }

    /// <summary>Curves that fall to their ends at one pace, with noise that lessens: as losses do.</summary>
    private static double[][] Curves(int seed)
    {
        var random = new SeededRandom(seed);
        return
        [
            .. Enumerable
                .Range(0, Trials)
                .Select(_ =>
                {
                    double end = random.NextDouble();
                    return Enumerable.Range(1, Epochs).Select(epoch => end + (1 + (0.02 * random.NextGaussian())) / epoch).ToArray();
                }),
        ];
    }
}
