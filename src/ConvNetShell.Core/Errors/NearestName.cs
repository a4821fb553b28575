namespace ConvNetShell.Core.Errors;

/// <summary>Finds the name a user may have meant.</summary>
internal static class NearestName
{
    /// <summary>Lists the names there are, and suggests the nearest where one is near: the phrase that follows "must be".</summary>
    /// <param name="names">The names there are.</param>
    /// <param name="wanted">The name that is none of them.</param>
    public static string OneOf(IEnumerable<string> names, string wanted)
    {
        string[] all = [.. names];
        string list = $"one of {string.Join(", ", all)}";
        return Of(all, wanted) is string near ? $"{list} (did you mean {near}?)" : list;
    }

    /// <summary>
    /// Returns the name that takes the fewest changed letters, or <see langword="null"/> where more than half would change.
    /// </summary>
    public static string? Of(IEnumerable<string> names, string wanted)
    {
        (string Name, int Distance)[] ranked =
        [
            .. names.Select(name => (name, Distance(name.ToUpperInvariant(), wanted.ToUpperInvariant()))).OrderBy(pair => pair.Item2),
        ];
        return ranked.Length > 0 && ranked[0].Distance <= Math.Max(1, wanted.Length / 2) ? ranked[0].Name : null;
    }

    /// <summary>The number of letters to insert, delete or change (Levenshtein, 1965).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
