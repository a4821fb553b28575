using System.Collections.ObjectModel;
using System.Management.Automation;

// The name pwsh gives the type; the engine's views and scripts know it by that name.
namespace Microsoft.PowerShell.Commands;

/// <summary>One group of Group-Object.</summary>
public class GroupInfo
{
    /// <summary>Makes a group.</summary>
    /// <param name="values">The values its members share.</param>
    /// <param name="members">The members.</param>
    internal GroupInfo(IEnumerable<object?> values, IReadOnlyList<PSObject> members)
    {
        Values = [.. values];
        Name = string.Join(", ", Values.Select(value => LanguagePrimitives.ConvertTo<string>(value)));
        Count = members.Count;
        Group = new Collection<PSObject>([.. members]);
    }

    /// <summary>How many members it has.</summary>
    public int Count { get; }

    /// <summary>The values as text.</summary>
    public string Name { get; }

    /// <summary>The members.</summary>
    public Collection<PSObject> Group { get; protected init; }

    /// <summary>The values its members share.</summary>
    public List<object?> Values { get; }
}
