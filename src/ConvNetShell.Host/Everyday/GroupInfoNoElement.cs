using System.Management.Automation;

// The name pwsh gives the type; the engine's views and scripts know it by that name.
namespace Microsoft.PowerShell.Commands;

/// <summary>A group whose members are counted but not kept.</summary>
public sealed class GroupInfoNoElement : GroupInfo
{
    /// <summary>Makes a group.</summary>
    /// <param name="values">The values its members share.</param>
    /// <param name="members">The members, which are only counted.</param>
    internal GroupInfoNoElement(IEnumerable<object?> values, IReadOnlyList<PSObject> members)
        : base(values, members) => Group = [];
}
