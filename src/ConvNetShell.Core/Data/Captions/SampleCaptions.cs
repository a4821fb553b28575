using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Core.Data.Captions;

/// <summary>The captions of a split's images: its attributes Caption, Caption2, Caption3 and so on.</summary>
public static class SampleCaptions
{
    /// <summary>The attribute of the first caption.</summary>
    public const string Attribute = "Caption";

    /// <summary>Returns the captions of all images.</summary>
    /// <param name="split">The split.</param>
    /// <returns>For each image its captions, one or more; empty where the split has none.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Of(DatasetSplit split)
    {
        var columns = new List<IReadOnlyList<string>>();
        while (split.Attributes.TryGet(Name(columns.Count), out IReadOnlyList<string>? column))
        {
            columns.Add(column);
        }
        return columns.Count == 0
            ? []
            : [.. Enumerable.Range(0, split.Count).Select(i => (IReadOnlyList<string>)[.. columns.Select(column => column[i])])];
    }

    /// <summary>Returns whether the images of a split have captions.</summary>
    /// <param name="split">The split.</param>
    /// <returns>Whether there is the attribute Caption.</returns>
    public static bool Has(DatasetSplit split) => split.Attributes.TryGet(Attribute, out _);

    /// <summary>Returns the attribute of a caption.</summary>
    internal static string Name(int index) => index == 0 ? Attribute : FormattableString.Invariant($"{Attribute}{index + 1}");
}
