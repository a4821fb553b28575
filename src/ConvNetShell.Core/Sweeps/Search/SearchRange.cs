using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Sweeps.Search;

/// <summary>A range of numbers to search, both bounds included.</summary>
public sealed record SearchRange : SearchDimension
{
    private const int MostPoints = 100_000;

    /// <summary>Initializes a new instance of the <see cref="SearchRange"/> class.</summary>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The largest value.</param>
    /// <param name="isLog">Whether the logarithm is searched evenly.</param>
    /// <param name="isInteger">Whether only whole numbers are tried.</param>
    /// <param name="count">The points of a grid, 2 or more.</param>
    /// <exception cref="InvalidSettingException">The range is empty, or a logarithmic one is not above zero.</exception>
    public SearchRange(double minimum, double maximum, bool isLog = false, bool isInteger = false, int count = 5)
    {
        Require(double.IsFinite(minimum), "Minimum", "a finite number", minimum);
        Require(double.IsFinite(maximum), "Maximum", "a finite number", maximum);
        Require(minimum < maximum, "Maximum", Text($"above the minimum, {minimum}"), maximum);
        Require(!isLog || minimum > 0, "Minimum", "above 0 for a logarithmic range", minimum);
        Require(count is >= 2 and <= MostPoints, "Count", Text($"from 2 to {MostPoints}"), count);
        Require(
            !isInteger || Math.Ceiling(minimum) <= Math.Floor(maximum),
            "Maximum",
            "at least one whole number above the minimum",
            maximum
        );
        (Minimum, Maximum, IsLog, IsInteger, Count) = (minimum, maximum, isLog, isInteger, count);
    }

    /// <summary>Gets the least value.</summary>
    public double Minimum { get; }

    /// <summary>Gets the largest value.</summary>
    public double Maximum { get; }

    /// <summary>Gets a value indicating whether the logarithm is searched evenly.</summary>
    public bool IsLog { get; }

    /// <summary>Gets a value indicating whether only whole numbers are tried.</summary>
    public bool IsInteger { get; }

    /// <summary>Gets the points of a grid.</summary>
    public int Count { get; }

    /// <inheritdoc />
    public override IReadOnlyList<object> Grid() => [.. Enumerable.Range(0, Count).Select(i => FromUnit(i / (Count - 1.0))).Distinct()];

    /// <inheritdoc />
    public override object Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return FromUnit(random.NextDouble());
    }

    /// <summary>Returns the value at a fraction of the range.</summary>
    /// <param name="fraction">From 0, the minimum, to 1, the maximum.</param>
    /// <returns>A long for integers, else a double.</returns>
    public object FromUnit(double fraction)
    {
        if (IsInteger)
        {
            (double low, double high) = (Scaled(Math.Ceiling(Minimum) - 0.5), Scaled(Math.Floor(Maximum) + 0.5));
            double whole = Math.Round(Unscaled(low + (fraction * (high - low))));
            return (long)Math.Clamp(whole, Math.Ceiling(Minimum), Math.Floor(Maximum));
        }
        double value = Unscaled(Scaled(Minimum) + (fraction * (Scaled(Maximum) - Scaled(Minimum))));
        return Math.Clamp(value, Minimum, Maximum);
    }

    /// <summary>Returns the fraction of the range at which a value lies.</summary>
    /// <param name="value">The value.</param>
    /// <returns>From 0 to 1.</returns>
    public double ToUnit(object value)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        (double low, double high) = IsInteger
            ? (Scaled(Math.Ceiling(Minimum) - 0.5), Scaled(Math.Floor(Maximum) + 0.5))
            : (Scaled(Minimum), Scaled(Maximum));
        return Math.Clamp((Scaled(number) - low) / (high - low), 0, 1);
    }

    /// <summary>Says the range.</summary>
    /// <returns>For example <c>0.0001 to 0.1, log</c>.</returns>
    public override string ToString() => Text($"{Minimum} to {Maximum}{(IsLog ? ", log" : "")}{(IsInteger ? ", integer" : "")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Require(bool holds, string setting, string expected, object received)
    {
        if (!holds)
        {
            throw new InvalidSettingException(setting, expected, received);
        }
    }

    private double Scaled(double value) => IsLog ? Math.Log(value) : value;

    private double Unscaled(double value) => IsLog ? Math.Exp(value) : value;
}
