using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>
/// Classes as they are met while the samples of a dataset are listed: numbers, or names. Whole numbers only are labels; names are sorted,
/// and get their labels at the end.
/// </summary>
internal sealed class FoundClasses
{
    private const int MostClasses = 1 << 20;
    private readonly Dictionary<string, int> found = new(StringComparer.Ordinal);

    /// <summary>Returns an index for a class; the same for the same text.</summary>
    /// <param name="text">The class: a number or a name.</param>
    public int Index(string text)
    {
        if (!found.TryGetValue(text, out int index))
        {
            index = found.Count;
            found.Add(text, index);
        }
        return index;
    }

    /// <summary>Returns the class names, and the splits with labels instead of indices.</summary>
    /// <param name="splits">The splits, whose labels are indices that <see cref="Index"/> gave.</param>
    /// <param name="names">The names of the classes, where they are known.</param>
    /// <param name="path">The dataset, for errors.</param>
    /// <exception cref="DataFormatException">There are too many classes, or one that the names lack.</exception>
    public (IReadOnlyList<string> Classes, EncodedSplit[] Splits) Label(
        IReadOnlyList<EncodedSplit> splits,
        IReadOnlyList<string>? names,
        string path
    )
    {
        string[] texts = [.. found.OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        bool areNumbers = texts.All(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (areNumbers)
        {
            int[] labels = [.. texts.Select(text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))];
            int most = names?.Count ?? MostClasses,
                largest = labels.DefaultIfEmpty(0).Max();
            return largest < most
                ? (
                    names ?? [.. Enumerable.Range(0, largest + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))],
                    Relabel(splits, labels)
                )
                : throw Unknown(
                    path,
                    FormattableString.Invariant($"labels from 0 to {most - 1}"),
                    FormattableString.Invariant($"{largest}")
                );
        }
        string[] sorted = names is null ? [.. texts.Order(StringComparer.Ordinal)] : [.. names];
        int[] indices = [.. texts.Select(text => Array.IndexOf(sorted, text))];
        int missing = Array.IndexOf(indices, -1);
        return missing < 0
            ? (sorted, Relabel(splits, indices))
            : throw Unknown(path, $"the classes {string.Join(", ", sorted.Take(10))}", $"'{texts[missing]}'");
    }

    private static EncodedSplit[] Relabel(IReadOnlyList<EncodedSplit> splits, int[] labels) =>
        [.. splits.Select(split => split with { Labels = Array.ConvertAll(split.Labels, index => labels[index]) })];

    private static DataFormatException Unknown(string path, string expected, string received) =>
        new("Data.BadLabel", path, $"expected {expected}. Received: {received}.");
}
