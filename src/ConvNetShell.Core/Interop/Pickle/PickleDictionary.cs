namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>A dictionary of a pickle; the last of equal keys counts.</summary>
internal sealed class PickleDictionary
{
    private readonly List<(object? Key, object? Value)> items = [];

    /// <summary>Gets the items whose keys are texts, in order; the last of equal keys.</summary>
    public IEnumerable<(string Key, object? Value)> Named =>
        items
            .Where(item => item.Key is string)
            .GroupBy(item => (string)item.Key!, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Last().Value));

    /// <summary>Appends an item.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Add(object? key, object? value) => items.Add((key, value));
}
