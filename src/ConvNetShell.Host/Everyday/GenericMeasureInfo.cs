// The name pwsh gives the type; the engine's views and scripts know it by that name.
namespace Microsoft.PowerShell.Commands;

/// <summary>What Measure-Object found out about numbers; what was not asked for is null.</summary>
public sealed class GenericMeasureInfo
{
    /// <summary>How many values there were.</summary>
    public int Count { get; init; }

    /// <summary>Their mean.</summary>
    public double? Average { get; init; }

    /// <summary>Their sum.</summary>
    public double? Sum { get; init; }

    /// <summary>The largest.</summary>
    public object? Maximum { get; init; }

    /// <summary>The smallest.</summary>
    public object? Minimum { get; init; }

    /// <summary>The standard deviation of the sample.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The property that was measured; null for the objects themselves.</summary>
    public string? Property { get; init; }
}
