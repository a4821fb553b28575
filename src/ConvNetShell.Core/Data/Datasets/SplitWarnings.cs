namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Says what is odd about the classes of splits.</summary>
public static class SplitWarnings
{
    private const int MostNames = 10;

    /// <summary>Returns a sentence for each oddity: one class only, or classes without images in a split.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="splits">The splits to look at.</param>
    /// <returns>The sentences; none where all is well.</returns>
    public static IReadOnlyList<string> Of(Dataset dataset, params IEnumerable<DatasetSplit?> splits)
    {
        var texts = new List<string>();
        if (dataset.Classes.Count == 1)
        {
            texts.Add($"{dataset.Name} has one class only, '{dataset.Classes[0]}': a network has nothing to tell apart.");
        }
        foreach (DatasetSplit split in splits.OfType<DatasetSplit>())
        {
            HashSet<int> present = [.. split.LabelArray];
            int[] missing = [.. Enumerable.Range(0, dataset.Classes.Count).Where(label => !present.Contains(label))];
            if (missing.Length > 0)
            {
                int[] single = [.. missing.Where(label => dataset.Train.LabelArray.Count(other => other == label) == 1)];
                string why = single.Length == 0 ? string.Empty : $" The only image of {Names(dataset, single)} stays in Train.";
                texts.Add($"{split.Name} of {dataset.Name} has no image of {Names(dataset, missing)}.{why}");
            }
        }
        return texts;
    }

    private static string Names(Dataset dataset, int[] labels)
    {
        string names = string.Join(", ", labels.Take(MostNames).Select(label => dataset.Classes[label]));
        return labels.Length > MostNames ? FormattableString.Invariant($"{names} and {labels.Length - MostNames} more") : names;
    }
}
