namespace ConvNetShell.Core.Applications.Captions;

/// <summary>Sequences of words in captions.</summary>
internal static class WordSequences
{
    /// <summary>Counts the sequences of n words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="n">The length of a sequence.</param>
    public static Dictionary<string, int> Count(IReadOnlyList<string> words, int n)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i + n <= words.Count; i++)
        {
            string sequence = string.Join(' ', words.Skip(i).Take(n));
            counts[sequence] = counts.GetValueOrDefault(sequence) + 1;
        }
        return counts;
    }
}
