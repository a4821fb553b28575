using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// Holds out whole classes, so that a network is measured on classes that it has never seen: whether two pictures show the same person.
/// </summary>
public static class ClassHoldOut
{
    private const int Fewest = 2; // of one class no pair is different

    /// <summary>Returns a dataset whose Test split has classes that Train has not.</summary>
    /// <param name="dataset">A dataset without a Test split.</param>
    /// <param name="fraction">The fraction of the classes, rounded.</param>
    /// <param name="seed">Which classes are chosen.</param>
    /// <returns>The new dataset.</returns>
    /// <exception cref="InvalidSettingException">There is a Test split, or the fraction leaves fewer than two classes in one of the two.
    /// </exception>
    public static Dataset HoldOutTestClasses(this Dataset dataset, double fraction, long seed)
    {
        DatasetParts.RequireAbsent("Test", dataset.Test, fraction);
        (DatasetSplit remaining, DatasetSplit test) = HoldOut(dataset.Train, fraction, seed, "Test");
        return dataset.WithSplits(remaining, dataset.Validation, test);
    }

    /// <summary>Returns a dataset whose Validation split has classes that Train has not.</summary>
    /// <param name="dataset">A dataset without a Validation split.</param>
    /// <param name="fraction">The fraction of the classes, rounded.</param>
    /// <param name="seed">Which classes are chosen.</param>
    /// <returns>The new dataset.</returns>
    /// <exception cref="InvalidSettingException">There is a Validation split, or the fraction leaves fewer than two classes in one of the
    /// two.</exception>
    public static Dataset HoldOutValidationClasses(this Dataset dataset, double fraction, long seed)
    {
        DatasetParts.RequireAbsent("Validation", dataset.Validation, fraction);
        (DatasetSplit remaining, DatasetSplit validation) = HoldOut(dataset.Train, fraction, seed, "Validation");
        return dataset.WithSplits(remaining, validation, dataset.Test);
    }

    /// <summary>Returns whether a fraction of the classes is two or more, and leaves two or more.</summary>
    internal static bool CanHoldOut(DatasetSplit split, double fraction)
    {
        int classes = split.LabelArray.Distinct().Count(),
            wanted = Wanted(classes, fraction);
        return wanted >= Fewest && classes - wanted >= Fewest;
    }

    private static (DatasetSplit Remaining, DatasetSplit HeldOut) HoldOut(DatasetSplit split, double fraction, long seed, string name)
    {
        int[] classes = [.. split.LabelArray.Distinct().Order()];
        if (!(fraction > 0 && fraction < 1) || !CanHoldOut(split, fraction))
        {
            throw new InvalidSettingException(
                "The fraction of classes to hold out",
                FormattableString.Invariant($"large enough for {Fewest} of {classes.Length} classes, and small enough to leave {Fewest}"),
                fraction
            );
        }
        new SeededRandom(seed).Shuffle(classes.AsSpan());
        HashSet<int> held = [.. classes.Take(Wanted(classes.Length, fraction))];
        ILookup<bool, int> sides = Enumerable.Range(0, split.Count).ToLookup(i => held.Contains(split.LabelArray[i]));
        return (split.Take([.. sides[false]]), split.Take([.. sides[true]], name));
    }

    private static int Wanted(int classes, double fraction) => (int)Math.Round(classes * fraction, MidpointRounding.AwayFromZero);
}
