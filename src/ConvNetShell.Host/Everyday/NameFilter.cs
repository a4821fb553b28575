using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Which child items a listing shows, by name and by kind.</summary>
internal sealed class NameFilter(string? filter, string[]? include, string[]? exclude, bool filesOnly, bool directoriesOnly)
{
    private readonly WildcardPattern[] _filter = Patterns(filter is null ? [] : [filter]);
    private readonly WildcardPattern[] _include = Patterns(include);
    private readonly WildcardPattern[] _exclude = Patterns(exclude);

    public bool Accepts(PSObject item)
    {
        string name = Name(item);
        bool container = IsContainer(item);
        return !(filesOnly && container)
            && !(directoriesOnly && !container)
            && Array.TrueForAll(_filter, pattern => pattern.IsMatch(name))
            && (_include.Length == 0 || Array.Exists(_include, pattern => pattern.IsMatch(name)))
            && !Array.Exists(_exclude, pattern => pattern.IsMatch(name));
    }

    public static string Name(PSObject item) => (string)item.Properties["PSChildName"].Value;

    public static bool IsContainer(PSObject item) => LanguagePrimitives.IsTrue(item.Properties["PSIsContainer"]?.Value);

    private static WildcardPattern[] Patterns(string[]? patterns) =>
        [.. (patterns ?? []).Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
}
