namespace ConvNetShell.Core.Sweeps.Analysis;

/// <summary>The side of a box along one parameter: an interval of a range, or a part of a list.</summary>
/// <param name="Low">The lower end, from 0 to 1.</param>
/// <param name="High">The upper end.</param>
/// <param name="Members">Which values of a list it has; <see langword="null"/> for a range.</param>
internal sealed record LeafSide(double Low, double High, bool[]? Members)
{
    /// <summary>Gets the fraction of the parameter's values.</summary>
    public double Size => Members is null ? High - Low : (double)Members.Count(isMember => isMember) / Members.Length;

    /// <summary>Returns the whole side of a parameter.</summary>
    /// <param name="values">The values of a list; 0 for a range.</param>
    public static LeafSide Whole(int values) => new(0, 1, values == 0 ? null : [.. Enumerable.Repeat(true, values)]);

    /// <summary>Returns whether a value is within.</summary>
    /// <param name="value">The fraction of a range, or the index in a list.</param>
    public bool Contains(double value) => Members is null ? value >= Low && (value < High || High >= 1) : Members[(int)value];
}
