namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>Ranks parameter sets by the mean over their seeds.</summary>
internal static class SweepRanking
{
    /// <summary>Returns the sets with a completed trial, the best first.</summary>
    public static IReadOnlyList<ParameterSet> Of(IEnumerable<SweepTrial> trials, SweepObjective objective)
    {
        ParameterSet[] sorted =
        [
            .. trials
                .Where(trial => trial.Status == TrialStatus.Completed)
                .GroupBy(trial => trial.Set)
                .Select(set => Summary(set.Key, [.. set]))
                .OrderBy(set => objective.Loss(set.Mean))
                .ThenBy(set => set.Set),
        ];
        ParameterSet[] ranked =
        [
            .. sorted.Select((set, index) => set with { Rank = index + 1, IsTied = index > 0 && AreTied(sorted[0], set) }),
        ];
        if (ranked.Any(set => set.IsTied))
        {
            ranked[0] = ranked[0] with { IsTied = true };
        }
        return ranked;
    }

    private static ParameterSet Summary(int number, SweepTrial[] trials)
    {
        double mean = trials.Average(trial => trial.Objective);
        double deviation =
            trials.Length < 2 ? double.NaN : Math.Sqrt(trials.Sum(trial => Math.Pow(trial.Objective - mean, 2)) / (trials.Length - 1));
        return new ParameterSet(0, number, trials[0].Parameters, mean, deviation, trials.Length, IsTied: false);
    }

    private static bool AreTied(ParameterSet best, ParameterSet other)
    {
        if (double.IsNaN(best.StandardDeviation) || double.IsNaN(other.StandardDeviation))
        {
            return best.Mean.Equals(other.Mean); // one seed has no spread
        }
        double error = Math.Sqrt(
            (best.StandardDeviation * best.StandardDeviation / best.Count)
                + (other.StandardDeviation * other.StandardDeviation / other.Count)
        );
        return Math.Abs(best.Mean - other.Mean) <= 2 * error;
    }
}
