using System.Management.Automation;

// The name pwsh gives the type; the engine's views and scripts know it by that name.
namespace Microsoft.PowerShell.Commands;

/// <summary>One member that Get-Member found.</summary>
/// <param name="typeName">The type it is on.</param>
/// <param name="name">Its name.</param>
/// <param name="memberType">What it is.</param>
/// <param name="definition">How it is declared.</param>
public sealed class MemberDefinition(string typeName, string name, PSMemberTypes memberType, string definition)
{
    /// <summary>The type it is on.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is.</summary>
    public PSMemberTypes MemberType { get; } = memberType;

    /// <summary>How it is declared.</summary>
    public string Definition { get; } = definition;

    /// <inheritdoc/>
    public override string ToString() => Definition;
}
