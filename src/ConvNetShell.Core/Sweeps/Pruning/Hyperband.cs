namespace ConvNetShell.Core.Sweeps.Pruning;

/// <summary>
/// Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter
/// Optimization", JMLR 2018) with asynchronous halving in each bracket: bracket 0 begins with the fewest epochs, each further one with
/// more and with fewer trials, and the last trains all of its trials whole. Successive trials go through the brackets again and again, so
/// that each bracket takes the same number of epochs.
/// </summary>
public sealed class Hyperband
{
    private readonly int[] sizes;

    /// <summary>Initializes a new instance of the <see cref="Hyperband"/> class.</summary>
    /// <param name="least">The epochs of the first rung of bracket 0.</param>
    /// <param name="most">The epochs of a whole trial.</param>
    /// <param name="factor">One trial in so many continues, with so many times the epochs.</param>
    /// <exception cref="Errors.InvalidSettingException">A number is out of range.</exception>
    public Hyperband(int least, int most, int factor)
    {
        IReadOnlyList<int> rungs = new SuccessiveHalving(least, most, factor).Epochs;
        Brackets = [.. rungs.Select(first => new SuccessiveHalving(first, most, factor))];
        int last = rungs.Count - 1;
        sizes =
        [
            .. rungs.Select((_, bracket) => (int)Math.Ceiling((last + 1.0) / (last - bracket + 1) * Math.Pow(factor, last - bracket))),
        ];
    }

    /// <summary>Gets the brackets.</summary>
    public IReadOnlyList<SuccessiveHalving> Brackets { get; }

    /// <summary>Returns the bracket of a trial.</summary>
    /// <param name="number">The trial's number, from 1.</param>
    /// <returns>The index of the bracket.</returns>
    public int BracketOf(int number)
    {
        int rest = (number - 1) % sizes.Sum();
        int bracket = 0;
        for (; rest >= sizes[bracket]; bracket++)
        {
            rest -= sizes[bracket];
        }
        return bracket;
    }
}
