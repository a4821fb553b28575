namespace ConvNetShell.Display.Charts;

/// <summary>Numbers on a grid, drawn as colors behind the series of a panel, with a scale beside it.</summary>
/// <param name="Name">The label of the scale.</param>
/// <param name="X">The columns' numbers, evenly spaced (on a logarithmic axis, their logarithms).</param>
/// <param name="Y">The rows' numbers, evenly spaced, from the bottom.</param>
/// <param name="Rows">The numbers, one list a row; those that are none leave a gap.</param>
public sealed record ChartField(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<IReadOnlyList<double>> Rows)
{
    /// <summary>Gets the least number, where the colors begin.</summary>
    public double Low => Numbers.DefaultIfEmpty(0).Min();

    /// <summary>Gets the largest number, where the colors end.</summary>
    public double High => Numbers.DefaultIfEmpty(1).Max();

    /// <summary>Gets a value indicating whether the numbers are fractions, which are written in per cent.</summary>
    public bool Percent { get; init; }

    private IEnumerable<double> Numbers => Rows.SelectMany(row => row).Where(double.IsFinite);

    /// <summary>Says the name and the range.</summary>
    /// <returns>For example <c>ValidationAccuracy: 0.41 to 0.82</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Low:G3} to {High:G3}");
}
