namespace ConvNetShell.Display.Charts;

/// <summary>Numbers of a chart that belong together.</summary>
/// <param name="Name">The name in the legend; empty for no entry.</param>
/// <param name="X">Where each stands; for bars the number of its category, from 0.</param>
/// <param name="Y">The numbers; those that are none leave a gap.</param>
/// <param name="Kind">How they are drawn.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, SeriesKind Kind = SeriesKind.Line)
{
    /// <summary>Gets a value indicating whether the line is dashed: a second one of a color, or a bound.</summary>
    public bool Dashed { get; init; }

    /// <summary>Gets a value indicating whether the points of a line are not marked, however few they are.</summary>
    public bool Plain { get; init; }

    /// <summary>Gets the number of the color, from 0; <see langword="null"/> for the index among the series.</summary>
    public int? Color { get; init; }

    /// <summary>Gets a fraction from 0 to 1 that gives the color, from dark to bright; <see langword="null"/> for a color of its
    /// own.</summary>
    public double? Shade { get; init; }

    /// <summary>Gets the lower end of each number's interval, drawn as a line over its bar; empty for none.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Gets the upper end of each number's interval.</summary>
    public IReadOnlyList<double> High { get; init; } = [];

    /// <summary>Gets the words for each point, which an interactive chart shows at the pointer; empty for its numbers only.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Says the name and the number of points.</summary>
    /// <returns>For example <c>validation: 10 points</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Y.Count:N0} points");
}
