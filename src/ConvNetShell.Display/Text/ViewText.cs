using System.ComponentModel;
using System.Globalization;

namespace ConvNetShell.Display.Text;

/// <summary>
/// Numbers in the text of records, in the invariant culture: a record's text is the same everywhere. Views write with
/// <see cref="ViewCell"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    /// <summary>Writes a fraction as per cent; a dash where there is none.</summary>
    /// <param name="fraction">A fraction from 0 to 1, or not a number.</param>
    /// <returns>For example <c>71.6 %</c>.</returns>
    public static string Percent(double fraction) =>
        double.IsNaN(fraction) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F1} %");

    /// <summary>Writes a number with at most six significant digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>0.25</c>.</returns>
    public static string Number(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Writes numbers with spaces between.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>For example <c>0 1 0.5</c>.</returns>
    public static string Numbers(IEnumerable<double> values) => string.Join(' ', values.Select(Number));

    /// <summary>Writes the numbers of a position with commas between.</summary>
    /// <param name="position">The numbers.</param>
    /// <returns>For example <c>3,4</c>.</returns>
    public static string Position(IEnumerable<int> position) =>
        string.Join(',', position.Select(index => index.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Writes sizes or steps with an x between.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <returns>For example <c>36x36</c>.</returns>
    public static string Sizes(IEnumerable<double> sizes) => string.Join('x', sizes.Select(Number));

    /// <summary>Writes a time in the unit that suits it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>For example <c>12.3 s</c>, <c>4:05 min</c> or <c>1:10:00 h</c>.</returns>
    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"),
        };
}
