using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Tells which names a list of wildcard patterns means; case does not matter.</summary>
/// <param name="patterns">The patterns.</param>
internal sealed class NameFilter(IEnumerable<string> patterns)
{
    private readonly WildcardPattern[] wildcards =
    [
        .. patterns.Select(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)),
    ];

    /// <summary>Returns whether one of the patterns means the name.</summary>
    public bool Includes(string name) => Array.Exists(wildcards, wildcard => wildcard.IsMatch(name));
}
