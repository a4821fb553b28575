namespace ConvNetShell.Display.Charts.Tables;

/// <summary>The names and the scales of a table's chart.</summary>
/// <param name="X">The label of the horizontal axis.</param>
/// <param name="Y">The label of the vertical axis.</param>
/// <param name="Z">The label of the colors.</param>
public sealed record TableAxes(string X, string Y, string Z)
{
    /// <summary>Gets the title above the chart; may be empty.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Gets a value indicating whether the horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Gets a value indicating whether the vertical axis is logarithmic.</summary>
    public bool LogY { get; init; }

    /// <summary>Gets the number of intervals of a histogram; <see langword="null"/> for as many as suit the numbers.</summary>
    public int? Bins { get; init; }
}
