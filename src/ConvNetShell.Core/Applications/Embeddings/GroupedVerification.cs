using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>
/// The errors of a verification among the images of each group, of all their pairs, at one threshold. What is drawn again for intervals and
/// tests is the class with its group (the person), not the pair.
/// </summary>
internal sealed class GroupedVerification
{
    private const int Draws = 400,
        Permutations = 1999;
    private readonly long[,] accepted,
        pairs; // by the units of the two images; a unit is a class within a group
    private readonly int[] group;
    private readonly string[] names;

    private GroupedVerification(float[][] vectors, int[] labels, IReadOnlyList<string> groups, double threshold)
    {
        names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        (int Label, string Group)[] own = [.. labels.Zip(groups)];
        (int Label, string Group)[] units = [.. own.Distinct()];
        Dictionary<(int, string), int> index = units.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        int[] unit = [.. own.Select(image => index[image])];
        group = [.. units.Select(one => Array.IndexOf(names, one.Group))];
        accepted = new long[units.Length, units.Length];
        pairs = new long[units.Length, units.Length];
        VerificationPairs all = VerificationPairs.All(vectors, labels);
        for (int i = 0; i < all.Scores.Length; i++)
        {
            (int first, int second) = (unit[all.Images[i].First], unit[all.Images[i].Second]);
            bool isSame = all.Same[i];
            if (isSame == (first == second)) // one class in two groups is no pair of a group
            {
                pairs[first, second]++;
                accepted[first, second] += all.Scores[i] >= threshold ? 1 : 0;
            }
        }
    }

    /// <summary>Returns a report with the errors of the groups.</summary>
    /// <param name="report">The report, with its threshold.</param>
    /// <param name="vectors">A vector of length 1 for each image.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="groups">The group of each image.</param>
    /// <param name="options">The name of the property, and the seed.</param>
    /// <param name="stop">Ends it.</param>
    public static VerificationReport Add(
        VerificationReport report,
        float[][] vectors,
        int[] labels,
        IReadOnlyList<string> groups,
        VerificationOptions options,
        CancellationToken stop
    )
    {
        if (groups.Count != labels.Length)
        {
            throw new InvalidSettingException("Groups", FormattableString.Invariant($"{labels.Length}, one an image"), groups.Count);
        }
        var counts = new GroupedVerification(vectors, labels, groups, report.Threshold);
        return report with
        {
            By = options.By,
            Groups = counts.names.Select((name, index) => counts.Group(name, index, options.Seed, stop)).ToArray().AsReadOnly(),
            FalseAcceptGap = counts.Gap(counts.group, isSame: false),
            FalseAcceptGapPValue = counts.Probability(isSame: false, options.Seed, stop),
            FalseRejectGap = counts.Gap(counts.group, isSame: true),
            FalseRejectGapPValue = counts.Probability(isSame: true, options.Seed, stop),
        };
    }

    private VerificationGroup Group(string name, int index, long seed, CancellationToken stop)
    {
        int[] units = [.. Enumerable.Range(0, group.Length).Where(unit => group[unit] == index)];
        var falseAccepts = new List<double>();
        var falseRejects = new List<double>();
        var random = new SeededRandom(seed, index);
        for (int draw = 0; draw < Draws; draw++)
        {
            stop.ThrowIfCancellationRequested();
            var times = new int[group.Length];
            foreach (int _ in units)
            {
                times[units[random.NextInt(units.Length)]]++;
            }
            Keep(falseAccepts, Rate(units, times, isSame: false).Rate);
            Keep(falseRejects, Rate(units, times, isSame: true).Rate);
        }
        var once = new int[group.Length];
        Array.Fill(once, 1);
        (double accepts, long different) = Rate(units, once, isSame: false);
        (double rejects, long same) = Rate(units, once, isSame: true);
        (double acceptLow, double acceptHigh) = VerificationIntervals.Ends(falseAccepts);
        (double rejectLow, double rejectHigh) = VerificationIntervals.Ends(falseRejects);
        return new VerificationGroup(name, units.Length, same, different, accepts, acceptLow, acceptHigh, rejects, rejectLow, rejectHigh);
    }

    private double Probability(bool isSame, long seed, CancellationToken stop) =>
        names.Length < 2 ? double.NaN : PermutationTest.Probability(group, drawn => Gap(drawn, isSame), seed, stop, Permutations);

    /// <summary>Returns the largest difference of the groups' errors; NaN where fewer than two groups have pairs.</summary>
    private double Gap(int[] groups, bool isSame)
    {
        var once = new int[groups.Length];
        Array.Fill(once, 1);
        double[] rates =
        [
            .. Enumerable
                .Range(0, groups.Length)
                .GroupBy(unit => groups[unit])
                .Select(units => Rate([.. units], once, isSame).Rate)
                .Where(double.IsFinite),
        ];
        return rates.Length < 2 ? double.NaN : rates.Max() - rates.Min();
    }

    /// <summary>Returns the rate of errors among units: false rejects of the same pairs, or false accepts of the different ones.</summary>
    private (double Rate, long Pairs) Rate(int[] units, int[] times, bool isSame)
    {
        double errors = 0,
            weight = 0;
        long count = 0;
        foreach (int first in units)
        {
            foreach (int second in units)
            {
                if ((first == second) != isSame || times[first] == 0 || times[second] == 0)
                {
                    continue;
                }
                double factor = first == second ? times[first] : (double)times[first] * times[second];
                long own = pairs[first, second],
                    taken = accepted[first, second];
                count += own;
                weight += factor * own;
                errors += factor * (isSame ? own - taken : taken);
            }
        }
        return (weight > 0 ? errors / weight : double.NaN, count);
    }

    private static void Keep(List<double> values, double value)
    {
        if (double.IsFinite(value))
        {
            values.Add(value);
        }
    }
}
