using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Returns datasets with other splits; the dataset given is not changed.</summary>
public static class DatasetParts
{
    /// <summary>Returns a dataset with a Test split held out of Train.</summary>
    /// <param name="dataset">A dataset without a Test split.</param>
    /// <param name="fraction">The fraction of Train to hold out.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The new dataset.</returns>
    /// <exception cref="InvalidSettingException">There is a Test split, or the fraction is out of range.</exception>
    public static Dataset HoldOutTest(this Dataset dataset, double fraction, long seed)
    {
        RequireAbsent("Test", dataset.Test, fraction);
        (DatasetSplit remaining, DatasetSplit test) = DatasetSplitter.HoldOut(dataset.Train, fraction, seed, "Test");
        return dataset.WithSplits(remaining, dataset.Validation, test);
    }

    /// <summary>Returns a dataset with a Validation split held out of Train.</summary>
    /// <param name="dataset">A dataset without a Validation split.</param>
    /// <param name="fraction">The fraction of Train to hold out.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The new dataset.</returns>
    /// <exception cref="InvalidSettingException">There is a Validation split, or the fraction is out of range.</exception>
    public static Dataset HoldOutValidation(this Dataset dataset, double fraction, long seed)
    {
        RequireAbsent("Validation", dataset.Validation, fraction);
        return dataset.WithValidation(fraction, seed);
    }

    /// <summary>Returns a dataset with Test and Validation splits held out of Train, each a fraction of all images Train has now.</summary>
    /// <param name="dataset">A dataset without these splits.</param>
    /// <param name="test">The fraction of Train that becomes Test.</param>
    /// <param name="validation">The fraction of Train that becomes Validation; the two together stay below 1.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The new dataset.</returns>
    /// <exception cref="InvalidSettingException">There is such a split, or a fraction is out of range.</exception>
    public static Dataset HoldOut(this Dataset dataset, double test, double validation, long seed)
    {
        RequireAbsent("Validation", dataset.Validation, validation);
        if (validation >= 1 - test)
        {
            throw new InvalidSettingException(
                "Validation",
                FormattableString.Invariant($"below {1 - test:G6}, so that with -Test {test} images are left to train on"),
                validation
            );
        }
        Dataset rest = dataset.HoldOutTest(test, seed);
        return rest.HoldOutValidation(validation * dataset.Train.Count / rest.Train.Count, seed);
    }

    /// <summary>Returns a dataset with at most some training images of each class.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="perClass">The most images a class keeps.</param>
    /// <param name="seed">Which images are chosen.</param>
    /// <returns>The new dataset; its other splits are as they were.</returns>
    public static Dataset LimitPerClass(this Dataset dataset, int perClass, long seed) =>
        dataset.WithSplits(DatasetSplitter.Limit(dataset.Train, perClass, seed), dataset.Validation, dataset.Test);

    /// <summary>Returns a dataset whose training images of rarer groups are repeated until each group has as many as the largest.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="groups">The group of each training image.</param>
    /// <returns>The new dataset; the repeated images come after the others.</returns>
    /// <exception cref="InvalidSettingException">There is not one group for each training image.</exception>
    public static Dataset Balance(this Dataset dataset, IReadOnlyList<string> groups)
    {
        if (groups.Count != dataset.Train.Count)
        {
            throw new InvalidSettingException("Groups", FormattableString.Invariant($"{dataset.Train.Count}, one an image"), groups.Count);
        }
        int[][] members = [.. groups.Index().GroupBy(pair => pair.Item, pair => pair.Index).Select(group => group.ToArray())];
        int most = members.Max(group => group.Length);
        IEnumerable<int> repeated = members.SelectMany(group =>
            Enumerable.Range(group.Length, most - group.Length).Select(i => group[i % group.Length])
        );
        return dataset.WithSplits(
            dataset.Train.Take([.. Enumerable.Range(0, dataset.Train.Count), .. repeated]),
            dataset.Validation,
            dataset.Test
        );
    }

    internal static void RequireAbsent(string setting, DatasetSplit? split, double fraction)
    {
        if (split is not null)
        {
            throw new InvalidSettingException(setting, $"left out for a dataset that has the split already ({split})", fraction);
        }
    }
}
