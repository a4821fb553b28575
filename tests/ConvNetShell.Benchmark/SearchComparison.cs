using System.Globalization;
using ConvNetShell.Core.Tests.Sweeps;

namespace ConvNetShell.Benchmark;

/// <summary>Compares the median regret of our TPE with random search and, where it is installed, Optuna's TPE.</summary>
internal static class SearchComparison
{
    public static int Run(int seeds)
    {
        SearchProblem[] problems = [SearchProblem.Branin, SearchProblem.Hartmann6];
        (int exitCode, string output) = ScriptProcess.Run("/usr/bin/python3", "optuna_search.py", $"{seeds}");
        double[] optuna =
            exitCode == 0
                ? [.. output.Trim().Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture))]
                : [double.NaN, double.NaN];
        if (exitCode != 0)
        {
            Console.WriteLine($"optuna is left out: {output.Trim().Split('\n')[^1]}");
        }
        foreach ((SearchProblem problem, double peer) in problems.Zip(optuna))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{problem.Name}, median regret of {seeds} seeds: ours {problem.MedianRegret(isRandom: false, seeds):G3}, "
                        + $"optuna {peer:G3}, random {problem.MedianRegret(isRandom: true, seeds):G3}"
                )
            );
        }
        return 0;
    }
}
