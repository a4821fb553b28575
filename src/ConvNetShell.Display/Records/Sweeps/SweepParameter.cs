using System.Globalization;

namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>An axis of a sweep: a range of numbers, or a list of values.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Minimum">The least number; 0 of a list.</param>
/// <param name="Maximum">The largest number; the last index of a list.</param>
/// <param name="IsLog">Whether the axis is logarithmic.</param>
/// <param name="Values">The values of a list; empty of a range.</param>
public sealed record SweepParameter(string Name, double Minimum, double Maximum, bool IsLog, IReadOnlyList<string> Values)
{
    /// <summary>Returns the fraction of the axis at which a number lies.</summary>
    /// <param name="number">The number, or the index in the list; not a number where a trial does not use the parameter.</param>
    /// <returns>From 0 to 1.</returns>
    public double Fraction(double number) =>
        Maximum <= Minimum ? 0.5
        : IsLog ? Math.Log(number / Minimum) / Math.Log(Maximum / Minimum)
        : (number - Minimum) / (Maximum - Minimum);

    /// <summary>Returns the number at a fraction of the axis.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <returns>The number.</returns>
    public double At(double fraction) =>
        IsLog ? Minimum * Math.Pow(Maximum / Minimum, fraction) : Minimum + (fraction * (Maximum - Minimum));

    /// <summary>Says the name and the values.</summary>
    /// <returns>For example <c>LearningRate: 0.0001 to 0.1, log</c>.</returns>
    public override string ToString() =>
        Values.Count > 0
            ? $"{Name}: {string.Join(", ", Values)}"
            : string.Create(CultureInfo.InvariantCulture, $"{Name}: {Minimum:G4} to {Maximum:G4}{(IsLog ? ", log" : string.Empty)}");
}
