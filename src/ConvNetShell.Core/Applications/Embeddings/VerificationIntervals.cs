using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>
/// The 95 % intervals of a verification's figures, from a bootstrap over classes: the pairs of a person belong together, so people are
/// drawn again, not pairs.
/// </summary>
/// <param name="Auc">The interval of the area under the curve.</param>
/// <param name="EqualError">The interval of the equal error rate.</param>
/// <param name="TrueAccept">The interval of the true accept rate.</param>
internal sealed record VerificationIntervals(
    (double Low, double High) Auc,
    (double Low, double High) EqualError,
    (double Low, double High) TrueAccept
)
{
    private const int Draws = 400;
    private const double Tail = 0.025;

    /// <summary>Computes the intervals.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="units">Returns the classes of a pair's images, or one number of its own.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="stop">Ends it.</param>
    public static VerificationIntervals Of(
        VerificationPairs pairs,
        Func<(int First, int Second), (int First, int Second)> units,
        long seed,
        CancellationToken stop
    )
    {
        (int First, int Second)[] own = [.. pairs.Images.Select(units)];
        int[] present = [.. own.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()];
        var random = new SeededRandom(seed);
        var auc = new List<double>();
        var equal = new List<double>();
        var accept = new List<double>();
        for (int draw = 0; draw < Draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            Dictionary<int, int> times = present.ToDictionary(unit => unit, _ => 0);
            for (int i = 0; i < present.Length; i++)
            {
                times[present[random.NextInt(present.Length)]]++;
            }
            var curve = new VerificationCurve(
                pairs,
                [.. own.Select(pair => pair.First == pair.Second ? times[pair.First] : (double)times[pair.First] * times[pair.Second])]
            );
            if (!double.IsNaN(curve.Auc)) // a draw may lack one kind of pair
            {
                auc.Add(curve.Auc);
                equal.Add(curve.EqualErrorRate);
                accept.Add(curve.TrueAcceptRate(Verification.FalseAcceptLimit));
            }
        }
        return new VerificationIntervals(Ends(auc), Ends(equal), Ends(accept));
    }

    /// <summary>Returns the 2.5 and 97.5 % quantiles; NaN without numbers.</summary>
    internal static (double Low, double High) Ends(List<double> values)
    {
        if (values.Count == 0)
        {
            return (double.NaN, double.NaN);
        }
        values.Sort();
        return (values[(int)(Tail * (values.Count - 1))], values[(int)Math.Ceiling((1 - Tail) * (values.Count - 1))]);
    }
}
