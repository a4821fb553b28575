using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Tests.Sweeps;

/// <summary>A function to minimize by search: 60 trials, over the seeds from 0.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">The parameters.</param>
/// <param name="Function">The function.</param>
/// <param name="Minimum">Its least value.</param>
internal sealed record SearchProblem(string Name, SearchSpace Space, Func<TrialParameters, double> Function, double Minimum)
{
    public const int StandardSeeds = 20;
    private const int Trials = 60;

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

    public static SearchProblem Branin { get; } =
        new("Branin", new SearchSpace([new("x", new SearchRange(-5, 10)), new("y", new SearchRange(0, 15))]), BraninOf, 0.397887);

    public static SearchProblem Hartmann6 { get; } =
        new(
            "Hartmann-6",
            new SearchSpace([.. Enumerable.Range(0, 6).Select(i => KeyValuePair.Create($"x{i}", (SearchDimension)new SearchRange(0, 1)))]),
            Hartmann6Of,
            -3.32237
        );

    /// <summary>Returns the median over the seeds of how far the best trial is above the minimum.</summary>
    public double MedianRegret(bool isRandom, int seeds = StandardSeeds)
    {
        double[] best = [.. Enumerable.Range(0, seeds).Select(seed => Minimize(Space, Function, seed, isRandom)).Order()];
        return ((best[(seeds - 1) / 2] + best[seeds / 2]) / 2) - Minimum;
    }

    /// <summary>Returns the least value of the trials of a seed.</summary>
    public static double Minimize(SearchSpace space, Func<TrialParameters, double> function, int seed, bool isRandom)
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

    private static double BraninOf(TrialParameters point)
    {
        double x = (double)point["x"],
            y = (double)point["y"];
        double bend = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    private static double Hartmann6Of(TrialParameters point)
    {
        double[] alpha = [1, 1.2, 3, 3.2];
        return -Enumerable
            .Range(0, 4)
            .Sum(i => alpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => A[i][j] * Math.Pow((double)point[$"x{j}"] - P[i][j], 2))));
    }
}
