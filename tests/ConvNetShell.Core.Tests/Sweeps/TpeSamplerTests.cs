using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class TpeSamplerTests
{
    private const int Trials = 60,
        Seeds = 20;
    private const double BraninMinimum = 0.397887,
        Hartmann6Minimum = -3.32237;

    private static readonly double[][] A =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] P =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    [Fact]
    public void The_regret_on_Branin_is_three_times_below_that_of_random_search() =>
        IsThreeTimesBetter(new SearchSpace([new("x", new SearchRange(-5, 10)), new("y", new SearchRange(0, 15))]), Branin, BraninMinimum);

    [Fact]
    public void The_regret_on_Hartmann6_is_three_times_below_that_of_random_search() =>
        IsThreeTimesBetter(
            new SearchSpace([.. Enumerable.Range(0, 6).Select(i => KeyValuePair.Create($"x{i}", (SearchDimension)new SearchRange(0, 1)))]),
            Hartmann6,
            Hartmann6Minimum
        );

    [Fact]
    public void The_same_seed_gives_the_same_trials()
    {
        var space = new SearchSpace([new("x", new SearchRange(0, 1)), new("k", new SearchChoices(["a", "b"]))]);
        static double Loss(TrialParameters point) => (double)point["x"] + ((string)point["k"] == "a" ? 0 : 1);

        Assert.Equal(Minimize(space, Loss, 3, isRandom: false), Minimize(space, Loss, 3, isRandom: false));
    }

    [Fact]
    public void A_conditional_parameter_is_suggested_only_where_it_is_used()
    {
        var space = new SearchSpace([
            new("k", new SearchChoices(["a", "b"])),
            new("x", new SearchRange(0, 1) { When = new Dictionary<string, IReadOnlyList<object>> { ["k"] = ["a"] } }),
        ]);
        var seen = new List<Observation>();
        for (int i = 0; i < 40; i++)
        {
            TrialParameters point = new TpeSampler().Next(space, seen, new SeededRandom(1, i));
            Assert.Equal((string)point["k"] == "a", point.ContainsKey("x"));
            seen.Add(new Observation(point, point.TryGetValue("x", out object? x) ? (double)x : 0.5));
        }
        Assert.True(seen.Min(item => item.Loss) < 0.1);
    }

    private static void IsThreeTimesBetter(SearchSpace space, Func<TrialParameters, double> function, double minimum)
    {
        double tpe = Median(space, function, isRandom: false) - minimum,
            random = Median(space, function, isRandom: true) - minimum;

        TestContext.Current.SendDiagnosticMessage($"median regret: TPE {tpe}, random {random}");
        Assert.True(3 * tpe <= random, $"median regret: TPE {tpe}, random {random}");
    }

    private static double Median(SearchSpace space, Func<TrialParameters, double> function, bool isRandom)
    {
        double[] best = [.. Enumerable.Range(0, Seeds).Select(seed => Minimize(space, function, seed, isRandom)).Order()];
        return (best[(Seeds / 2) - 1] + best[Seeds / 2]) / 2;
    }

    private static double Minimize(SearchSpace space, Func<TrialParameters, double> function, int seed, bool isRandom)
    {
        var sampler = new TpeSampler();
        var seen = new List<Observation>();
        for (int i = 0; i < Trials; i++)
        {
            var random = new SeededRandom(seed, i);
            TrialParameters point = isRandom ? space.Draw(random) : sampler.Next(space, seen, random);
            seen.Add(new Observation(point, function(point)));
        }
        return seen.Min(item => item.Loss);
    }

    private static double Branin(TrialParameters point)
    {
        double x = (double)point["x"],
            y = (double)point["y"];
        double bend = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    private static double Hartmann6(TrialParameters point)
    {
        double[] alpha = [1, 1.2, 3, 3.2];
        return -Enumerable
            .Range(0, 4)
            .Sum(i => alpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => A[i][j] * Math.Pow((double)point[$"x{j}"] - P[i][j], 2))));
    }
}
