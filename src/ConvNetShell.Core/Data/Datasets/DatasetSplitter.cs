using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Divides splits so that every class keeps its proportion. The same seed gives the same images on every machine.</summary>
public static class DatasetSplitter
{
    /// <summary>
    /// Holds out a fraction of a split. Each class gives its fraction, rounded to within one image, the whole to the nearest image. A
    /// class's
    /// only image stays where it is.
    /// </summary>
    /// <param name="split">The split to divide.</param>
    /// <param name="fraction">The fraction to hold out, above 0 and below 1; for example 0.1.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <param name="heldOutName">The held-out split's name; default Validation.</param>
    /// <returns>The rest, under the split's own name, and the held-out images; both in the split's order.</returns>
    /// <exception cref="InvalidSettingException">The fraction is out of range, or leaves one of the two empty.</exception>
    public static (DatasetSplit Remaining, DatasetSplit HeldOut) HoldOut(
        DatasetSplit split,
        double fraction,
        long seed,
        string heldOutName = "Validation"
    )
    {
        bool[] heldOut = Choose(split, fraction, seed, leaveOne: true);
        return (split.Take(Where(heldOut, false)), split.Take(Where(heldOut, true), heldOutName));
    }

    /// <summary>Returns a fraction of a split, chosen as <see cref="HoldOut"/> chooses, without a copy of the others.</summary>
    internal static DatasetSplit Part(DatasetSplit split, double fraction, long seed) =>
        split.Take(Where(Choose(split, fraction, seed, leaveOne: false), true));

    /// <summary>Chooses the images to hold out.</summary>
    private static bool[] Choose(DatasetSplit split, double fraction, long seed, bool leaveOne)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new InvalidSettingException("The fraction to hold out", "above 0 and below 1", fraction);
        }
        int wanted = (int)Math.Round(split.Count * fraction, MidpointRounding.AwayFromZero);
        if (wanted == 0 || wanted == split.Count)
        {
            throw new InvalidSettingException(
                "The fraction to hold out",
                FormattableString.Invariant($"large enough for one image and small enough to leave one of {split.Count}"),
                fraction
            );
        }
        int[][] byClass = Shuffled(split, seed);
        int[] most = [.. byClass.Select(members => leaveOne ? Math.Max(members.Length - 1, 0) : members.Length)];
        if (most.Sum() == 0)
        {
            throw new InvalidSettingException(
                "The fraction to hold out",
                "left out where every class has one image only: it stays for training",
                fraction
            );
        }
        var heldOut = new bool[split.Count];

        // Each class gives the whole part of its fraction; what is missing comes from the classes with the largest remainders.
        int[] give = [.. byClass.Select((members, label) => Math.Min((int)(members.Length * fraction), most[label]))];
        int[] byRemainder =
        [
            .. Enumerable
                .Range(0, give.Length)
                .OrderByDescending(label => (byClass[label].Length * fraction) - give[label])
                .ThenBy(label => label),
        ];
        int missing = wanted - give.Sum();
        foreach (int label in byRemainder.Where(label => give[label] < most[label]).Take(missing))
        {
            give[label]++;
        }
        for (int label = 0; label < give.Length; label++)
        {
            foreach (int index in byClass[label].AsSpan(0, give[label]))
            {
                heldOut[index] = true;
            }
        }
        return heldOut;
    }

    /// <summary>Returns whether images can be held out of a split: one class has two or more.</summary>
    internal static bool CanHoldOut(DatasetSplit split) => split.LabelArray.Distinct().Count() < split.Count;

    /// <summary>Returns a dataset that has a Validation split: the same one if it has one already, else one held out of Train.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="fraction">The fraction of Train to hold out; default 0.1.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The dataset, or a new one with the same Test split.</returns>
    /// <exception cref="InvalidSettingException">The fraction is out of range, or leaves one of the two empty.</exception>
    public static Dataset WithValidation(this Dataset dataset, double fraction = 0.1, long seed = 0)
    {
        if (dataset.Validation is not null)
        {
            return dataset;
        }
        (DatasetSplit remaining, DatasetSplit heldOut) = HoldOut(dataset.Train, fraction, seed);
        return dataset.WithSplits(remaining, heldOut, dataset.Test);
    }

    /// <summary>Keeps at most some images of each class, chosen at random, in the split's order.</summary>
    /// <param name="split">The split.</param>
    /// <param name="perClass">The most images a class keeps; positive.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The smaller split.</returns>
    /// <exception cref="InvalidSettingException">The number is not positive.</exception>
    public static DatasetSplit Limit(DatasetSplit split, int perClass, long seed)
    {
        if (perClass < 1)
        {
            throw new InvalidSettingException("The images a class", "positive", perClass);
        }
        return split.Take([.. Shuffled(split, seed).SelectMany(members => members.Take(perClass)).Order()]);
    }

    /// <summary>Keeps the images of chosen classes, in the split's order; labels stay as they are.</summary>
    /// <param name="split">The split.</param>
    /// <param name="labels">The labels to keep.</param>
    /// <returns>The smaller split; it may be empty.</returns>
    public static DatasetSplit Select(DatasetSplit split, IReadOnlyCollection<int> labels) =>
        split.Take([.. Enumerable.Range(0, split.Count).Where(i => labels.Contains(split.LabelArray[i]))]);

    /// <summary>
    /// The indices of each class in random order; each class has its own stream, so that one class's images do not move another's.
    /// </summary>
    private static int[][] Shuffled(DatasetSplit split, long seed)
    {
        int classes = split.Count == 0 ? 0 : split.LabelArray.Max() + 1;
        int[][] byClass = [.. Enumerable.Range(0, classes).Select(_ => Array.Empty<int>())];
        foreach (IGrouping<int, int> members in Enumerable.Range(0, split.Count).GroupBy(i => split.LabelArray[i]))
        {
            int[] shuffled = [.. members];
            new SeededRandom(seed, members.Key).Shuffle(shuffled.AsSpan());
            byClass[members.Key] = shuffled;
        }
        return byClass;
    }

    private static int[] Where(bool[] flags, bool value) => [.. Enumerable.Range(0, flags.Length).Where(i => flags[i] == value)];
}
