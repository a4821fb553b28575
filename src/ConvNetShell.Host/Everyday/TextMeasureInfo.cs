// The name pwsh gives the type; the engine's views and scripts know it by that name.
namespace Microsoft.PowerShell.Commands;

/// <summary>What Measure-Object found out about text; what was not asked for is null.</summary>
public sealed class TextMeasureInfo
{
    /// <summary>How many lines.</summary>
    public int? Lines { get; init; }

    /// <summary>How many words.</summary>
    public int? Words { get; init; }

    /// <summary>How many characters.</summary>
    public int? Characters { get; init; }

    /// <summary>The property that was measured; null for the objects themselves.</summary>
    public string? Property { get; init; }
}
