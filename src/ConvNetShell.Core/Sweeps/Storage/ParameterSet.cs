using System.Globalization;
using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The finished trials of one parameter set, over its seeds.</summary>
/// <param name="Rank">The rank by the mean, from 1.</param>
/// <param name="Set">The parameter set's number.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Mean">The mean objective.</param>
/// <param name="StandardDeviation">The standard deviation over the seeds; not a number with one seed.</param>
/// <param name="Count">The number of trials.</param>
/// <param name="IsTied">
/// Whether it cannot be distinguished from the best: the difference of the means is within twice its standard error (of the two sets
/// together).
/// The best set itself is tied if another one is.
/// </param>
public sealed record ParameterSet(
    int Rank,
    int Set,
    TrialParameters Parameters,
    double Mean,
    double StandardDeviation,
    int Count,
    bool IsTied
)
{
    /// <summary>Says the rank, the parameters and the mean.</summary>
    /// <returns>For example <c>1: LearningRate 0.01, 0.71 +- 0.01 (3), tied</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Rank}: {Parameters}, {Mean:G4} +- {StandardDeviation:G2} ({Count}){(IsTied ? ", tied" : string.Empty)}"
        );
}
