using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Sweeps.Pruning;

/// <summary>
/// Asynchronous successive halving (Li, Jamieson, Rostamizadeh, Gonina, Hardt, Recht and Talwalkar, "A System for Massively Parallel
/// Hyperparameter Tuning", 2018). A trial pauses at each rung; whenever a worker is free, a paused trial that is among the best fraction
/// of its rung continues to the next rung, and only if there is none a new trial begins.
/// </summary>
public sealed class SuccessiveHalving
{
    /// <summary>Initializes a new instance of the <see cref="SuccessiveHalving"/> class.</summary>
    /// <param name="least">The epochs of the first rung.</param>
    /// <param name="most">The epochs of a whole trial.</param>
    /// <param name="factor">One trial in so many continues, with so many times the epochs.</param>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public SuccessiveHalving(int least, int most, int factor)
    {
        if (least < 1 || least > most)
        {
            throw new InvalidSettingException("MinEpochs", FormattableString.Invariant($"from 1 to the {most} epochs of a trial"), least);
        }
        if (factor < 2)
        {
            throw new InvalidSettingException("ReductionFactor", "2 or more", factor);
        }
        Factor = factor;
        var epochs = new List<int>();
        for (long at = least; at < most; at *= factor)
        {
            epochs.Add((int)at);
        }
        Epochs = [.. epochs, most];
    }

    /// <summary>Gets the epochs of each rung; the last is a whole trial.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>Gets how many times fewer trials reach the next rung.</summary>
    public int Factor { get; }

    /// <summary>Returns a paused trial that continues now.</summary>
    /// <param name="results">All results at rungs, those of trials that have continued since included.</param>
    /// <param name="busy">The trials under way, which are not promoted twice.</param>
    /// <returns>The trial and the rung it has reached; <see langword="null"/> where a new trial begins.</returns>
    internal RungResult? Promote(IReadOnlyCollection<RungResult> results, IReadOnlySet<int> busy)
    {
        ArgumentNullException.ThrowIfNull(results);
        for (int rung = Epochs.Count - 2; rung >= 0; rung--)
        {
            RungResult[] reached = [.. results.Where(result => result.Rung == rung)];
            var promoted = results.Where(result => result.Rung > rung).Select(result => result.Trial).ToHashSet();
            RungResult? best = reached
                .Where(result => !promoted.Contains(result.Trial) && !busy.Contains(result.Trial))
                .MinBy(result => (result.Loss, result.Trial));
            if (
                best is not null
                && reached.Count(result => (result.Loss, result.Trial).CompareTo((best.Loss, best.Trial)) < 0) < reached.Length / Factor
            )
            {
                return best;
            }
        }
        return null;
    }
}
