namespace ConvNetShell.Core.Sweeps.Pruning;

/// <summary>
/// Ends a trial whose best loss so far is above the median of the other trials' best losses at the same epoch (the median stopping rule of
/// Golovin et al., "Google Vizier", KDD 2017).
/// </summary>
internal sealed class MedianPruner
{
    /// <summary>Gets the trials that are left to finish before any is ended.</summary>
    public int StartTrials { get; init; } = 4;

    /// <summary>Gets the epochs in which no trial is ended.</summary>
    public int WarmupEpochs { get; init; } = 1;

    /// <summary>Returns what becomes of a trial.</summary>
    /// <param name="losses">The trial's losses by epoch so far.</param>
    /// <param name="others">The losses by epoch of the other trials that have ended.</param>
    /// <returns>Prune or Continue.</returns>
    public PruningDecision Decide(IReadOnlyList<double> losses, IEnumerable<IReadOnlyList<double>> others)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(others);
        int epoch = losses.Count;
        double[] known = [.. others.Where(other => other.Count >= epoch).Select(other => Best(other.Take(epoch))).Order()];
        if (epoch <= WarmupEpochs || known.Length < StartTrials)
        {
            return PruningDecision.Continue;
        }
        double median = (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        return Best(losses) > median ? PruningDecision.Prune : PruningDecision.Continue;
    }

    private static double Best(IEnumerable<double> losses) => losses.Min(loss => double.IsNaN(loss) ? double.PositiveInfinity : loss);
}
