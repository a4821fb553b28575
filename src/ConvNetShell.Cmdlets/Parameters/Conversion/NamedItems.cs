using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Finds items by name.</summary>
internal static class NamedItems
{
    /// <summary>
    /// Returns the items that names and wildcard patterns mean, in the order of these, each once. A name that nothing has is reported; a
    /// pattern may mean nothing.
    /// </summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">The items there are.</param>
    /// <param name="nameOf">Returns an item's name; case does not matter.</param>
    /// <param name="wanted">Names and wildcard patterns.</param>
    /// <param name="missing">Called with each name that nothing has.</param>
    public static IReadOnlyList<T> Select<T>(
        IReadOnlyList<T> items,
        Func<T, string> nameOf,
        IEnumerable<string> wanted,
        Action<string> missing
    )
    {
        var found = new List<T>();
        foreach (string name in wanted)
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            T[] matches = [.. items.Where(item => pattern.IsMatch(nameOf(item)))];
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                missing(name);
            }
            found.AddRange(matches.Where(match => !found.Contains(match)));
        }
        return found;
    }
}
