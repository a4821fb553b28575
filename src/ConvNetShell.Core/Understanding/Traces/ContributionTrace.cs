using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>The terms that a unit adds up.</summary>
/// <param name="Operation">The operation, as text.</param>
/// <param name="Contributions">The values that go in.</param>
internal sealed record ContributionTrace(string Operation, IReadOnlyList<Contribution> Contributions)
{
    /// <summary>Gets the bias, or 0.</summary>
    public double Bias { get; init; }

    /// <summary>Gets the result where it is not the sum and the bias.</summary>
    public double? Result { get; init; }

    /// <summary>Gets the sizes of the window the taps fill.</summary>
    public int[] Window { get; init; } = [];

    /// <summary>Gets the tap that decides, where it is not the one with the largest product.</summary>
    public int? Lead { get; init; }

    /// <summary>Gets the result.</summary>
    public double Computed => Result ?? Contributions.Sum(tap => tap.Product) + Bias;

    /// <summary>Returns the index of the largest contribution; -1 if there is only padding.</summary>
    public int Leader()
    {
        if (Lead is int chosen)
        {
            return chosen;
        }
        int best = -1;
        for (int i = 0; i < Contributions.Count; i++)
        {
            if (!Contributions[i].IsPadding && (best < 0 || Math.Abs(Contributions[i].Product) > Math.Abs(Contributions[best].Product)))
            {
                best = i;
            }
        }
        return best;
    }
}
