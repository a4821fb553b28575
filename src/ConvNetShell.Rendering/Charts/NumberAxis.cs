using ConvNetShell.Display.Charts;

namespace ConvNetShell.Rendering.Charts;

/// <summary>
/// Where the axis of a panel's numbers begins and ends: one rule for pictures, pages and terminals. On a logarithmic axis all of these are
/// exponents of ten.
/// </summary>
internal static class NumberAxis
{
    private const double Room = 0.04, // of the axis, so that its frame does not hide a curve at an end
        AboveBars = 0.05;

    /// <summary>Returns where a number lies on the axis; not a number for one that has no place there.</summary>
    public static double At(ChartPanel panel, double value) =>
        !double.IsFinite(value) || (panel.Logarithmic && value <= 0) ? double.NaN
        : panel.Logarithmic ? Math.Log10(value)
        : value;

    /// <summary>
    /// Returns where bars begin: at zero; on a logarithmic axis, which has none, at the power of ten below the smallest number, so that
    /// every bar grows in one direction and the smallest one is seen.
    /// </summary>
    public static double Base(ChartPanel panel) =>
        !panel.Logarithmic ? 0
        : panel.Low is > 0 and double low ? Math.Log10(low)
        : Math.Ceiling(Values(panel).DefaultIfEmpty(1).Min()) - 1;

    /// <summary>Returns the length of a bar as a part of the longest one's, from 0 to 1; 0 for what has no place on the axis.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="value">The bar's number.</param>
    /// <param name="longest">The number at the axis's end.</param>
    public static double Fraction(ChartPanel panel, double value, double longest)
    {
        double begin = Base(panel),
            length = (At(panel, value) - begin) / (At(panel, longest) - begin);
        return double.IsFinite(length) ? Math.Clamp(length, 0, 1) : 0;
    }

    /// <summary>Returns the ends of the axis; <see langword="null"/> for one that suits the numbers.</summary>
    public static (double? Low, double? High) Ends(ChartPanel panel)
    {
        double? low = End(panel, panel.Low),
            high = End(panel, panel.High);
        if (panel.HasBars)
        {
            double begin = Base(panel);
            return panel.Logarithmic
                ? (begin, high ?? begin + ((Values(panel).DefaultIfEmpty(begin + 1).Max() - begin) * (1 + AboveBars)))
                : (low, high);
        }
        double[] values = [.. Values(panel)];
        if (panel.Field is not null || values.Length == 0)
        {
            return (low, high);
        }
        double bottom = low ?? values.Min(),
            top = high ?? values.Max(),
            room = Room * (top - bottom);
        return (values.Min() < bottom + room ? low - room : low, values.Max() > top - room ? high + room : high);
    }

    private static double? End(ChartPanel panel, double? end) =>
        end is double number && double.IsFinite(At(panel, number)) ? At(panel, number) : null;

    private static IEnumerable<double> Values(ChartPanel panel) =>
        panel.Series.SelectMany(series => series.Y).Select(value => At(panel, value)).Where(double.IsFinite);
}
