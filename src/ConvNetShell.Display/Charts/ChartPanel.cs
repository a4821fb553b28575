namespace ConvNetShell.Display.Charts;

/// <summary>One pair of axes of a chart.</summary>
/// <param name="Title">The title above it; may be empty.</param>
/// <param name="XTitle">The label of the horizontal axis.</param>
/// <param name="YTitle">The label of the vertical axis.</param>
/// <param name="Series">The curves or bars.</param>
public sealed record ChartPanel(string Title, string XTitle, string YTitle, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Gets the names of the categories of bars; empty for a numeric axis.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Gets the names at 0, 1, 2 and so on of the vertical axis; empty for a numeric axis.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Gets words in the panel.</summary>
    public IReadOnlyList<ChartLabel> Labels { get; init; } = [];

    /// <summary>Gets the colors behind the series, or <see langword="null"/>.</summary>
    public ChartField? Field { get; init; }

    /// <summary>Gets a value indicating whether any series has bars.</summary>
    public bool HasBars => Series.Any(series => series.Kind == SeriesKind.Bars);

    /// <summary>Gets a value indicating whether bars lie: categories from top to bottom.</summary>
    public bool Horizontal { get; init; }

    /// <summary>Gets a value indicating whether the numbers are fractions, which are written in per cent.</summary>
    public bool Percent { get; init; }

    /// <summary>Gets a value indicating whether the axis of the numbers is hidden: its labels stand in the panel.</summary>
    public bool HideNumbers { get; init; }

    /// <summary>Gets a value indicating whether the axis of the numbers is logarithmic; numbers of zero and below are left out.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Gets a value indicating whether the other axis is logarithmic; all of its numbers must be above zero.</summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Gets where a vertical line marks the horizontal axis; <see langword="null"/> for nowhere.</summary>
    public double? Mark { get; init; }

    /// <summary>Gets the label of the mark.</summary>
    public string MarkText { get; init; } = string.Empty;

    /// <summary>Gets the least end of the axis of the numbers; <see langword="null"/> for what suits them.</summary>
    public double? Low { get; init; }

    /// <summary>Gets the upper end of that axis; <see langword="null"/> for what suits them.</summary>
    public double? High { get; init; }

    /// <summary>Gets a value indicating whether several series have bars at one category: they stand side by side there.</summary>
    public bool Grouped =>
        Series
            .Where(series => series.Kind == SeriesKind.Bars)
            .SelectMany(series => series.X)
            .GroupBy(x => x)
            .Any(group => group.Count() > 1);

    /// <summary>Says the title and the series.</summary>
    /// <returns>For example <c>loss: training, validation</c>.</returns>
    public override string ToString() =>
        $"{(Title.Length > 0 ? Title : YTitle)}: {string.Join(", ", Series.Select(series => series.Name))}";
}
