namespace ConvNetShell.Core.Data.Datasets;

/// <summary>The words that name a split in folders, files and arrays, in any case.</summary>
internal static class SplitWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "Train",
        ["training"] = "Train",
        ["val"] = "Validation",
        ["valid"] = "Validation",
        ["validation"] = "Validation",
        ["test"] = "Test",
    };

    /// <summary>Returns the split that a word names: Train, Validation or Test; <see langword="null"/> for any other word.</summary>
    /// <param name="word">The word.</param>
    public static string? Split(string word) => Words.GetValueOrDefault(word);
}
