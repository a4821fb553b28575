using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace ConvNetShell.Display.Text;

/// <summary>
/// Writes the cells of the views in module/Formats, in the culture of the session as PowerShell writes numbers. Arguments are objects
/// because a record that came from a job or
/// a file is a bag of properties: a value that is missing or not a number gives a dash.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewCell
{
    private const string None = "-",
        Wrapped = "BaseObject";
    private const int BriefDigits = 2,
        ShortDigits = 3,
        NumberDigits = 4,
        MostDecimals = 8,
        ListWidth = 59; // a list's labels leave that much of 80 columns
    private const double Smallest = 1e-4,
        Largest = 1e7; // beyond these a number has an exponent

    /// <summary>Writes a text of others, such as a path, so that nothing in it steers the terminal.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The text with visible characters only.</returns>
    public static string Text(object? value) => value is null ? string.Empty : VisibleText.Of($"{value}");

    /// <summary>Writes a count with the culture's separators.</summary>
    /// <param name="value">The count.</param>
    /// <returns>For example <c>22,466</c>.</returns>
    public static string Count(object? value) => Write(value, number => number.ToString("N0", CultureInfo.CurrentCulture));

    /// <summary>Writes a fraction as per cent.</summary>
    /// <param name="value">A fraction from 0 to 1.</param>
    /// <returns>For example <c>71.6 %</c>.</returns>
    public static string Percent(object? value) => Write(value, number => (100 * number).ToString("F1", CultureInfo.CurrentCulture) + " %");

    /// <summary>Writes a fraction as per cent with its interval; a dash where there is none.</summary>
    /// <param name="rate">The fraction.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <returns>For example <c>1.0 % (0.6 to 1.5)</c>.</returns>
    public static string Interval(object? rate, object? low, object? high)
    {
        const string unit = " %";
        string value = Percent(rate);
        return value.EndsWith(unit, StringComparison.Ordinal)
            ? $"{value} ({Percent(low)[..^unit.Length]} to {Percent(high)[..^unit.Length]})"
            : value;
    }

    /// <summary>Writes a fraction as per cent without decimals.</summary>
    /// <param name="value">A fraction from 0 to 1.</param>
    /// <returns>For example <c>72 %</c>.</returns>
    public static string WholePercent(object? value) =>
        Write(value, number => (100 * number).ToString("F0", CultureInfo.CurrentCulture) + " %");

    /// <summary>Writes a loss with three decimals.</summary>
    /// <param name="value">The loss.</param>
    /// <returns>For example <c>0.832</c>.</returns>
    public static string Loss(object? value) => Write(value, number => number.ToString("F3", CultureInfo.CurrentCulture));

    /// <summary>Writes a number with two significant digits; only very large and very small ones get an exponent.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>0.016</c>.</returns>
    public static string Brief(object? value) => Write(value, number => Significant(number, BriefDigits));

    /// <summary>Writes a number with three significant digits; only very large and very small ones get an exponent.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>0.0161</c>, <c>130</c> or <c>1.8e-07</c>.</returns>
    public static string Short(object? value) => Write(value, number => Significant(number, ShortDigits));

    /// <summary>Writes a number with four significant digits; only very large and very small ones get an exponent.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>-0.5432</c>.</returns>
    public static string Number(object? value) => Write(value, number => Significant(number, NumberDigits));

    /// <summary>Writes a count of operations, from 10,000 on in thousands (K), millions (M) or thousands of millions (G).</summary>
    /// <param name="value">The count.</param>
    /// <returns>For example <c>1.23 M</c>.</returns>
    public static string Operations(object? value) =>
        Write(
            value,
            number =>
                Math.Abs(number) switch
                {
                    < 1e4 => number.ToString("N0", CultureInfo.CurrentCulture),
                    < 1e6 => Significant(number / 1e3, ShortDigits) + " K",
                    < 1e9 => Significant(number / 1e6, ShortDigits) + " M",
                    _ => Significant(number / 1e9, ShortDigits) + " G",
                }
        );

    /// <summary>Writes a number of bytes in a unit that suits it; a dash for none.</summary>
    /// <param name="value">The bytes.</param>
    /// <returns>For example <c>412 MB</c>.</returns>
    public static string Bytes(object? value) =>
        Write(
            value,
            bytes =>
                bytes switch
                {
                    <= 0 => None,
                    < 1e4 => bytes.ToString("N0", CultureInfo.CurrentCulture) + " B",
                    < 1e7 => (bytes / 1e3).ToString("N0", CultureInfo.CurrentCulture) + " KB",
                    < 1e10 => (bytes / 1e6).ToString("N0", CultureInfo.CurrentCulture) + " MB",
                    _ => (bytes / 1e9).ToString("N1", CultureInfo.CurrentCulture) + " GB",
                }
        );

    /// <summary>Writes a time in a unit that suits it.</summary>
    /// <param name="value">The time.</param>
    /// <returns>For example <c>12.3 s</c>, <c>4:05 min</c> or <c>1:10:00 h</c>.</returns>
    public static string Duration(object? value) =>
        value is not TimeSpan time
            ? None
            : time switch
            {
                { TotalSeconds: < 1 } => time.TotalMilliseconds.ToString("N0", CultureInfo.CurrentCulture) + " ms",
                { TotalMinutes: < 1 } => time.TotalSeconds.ToString("F1", CultureInfo.CurrentCulture) + " s",
                _ => ViewText.Duration(time),
            };

    /// <summary>
    /// Breaks a text between words into lines that fit a list in a window of 80 columns, where PowerShell would break within words.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The lines.</returns>
    public static string Wrap(string? text)
    {
        var lines = new List<string> { string.Empty };
        foreach (string word in (text ?? string.Empty).Split(' '))
        {
            bool fits = lines[^1].Length == 0 || lines[^1].Length + 1 + word.Length <= ListWidth;
            lines[^1] =
                !fits ? lines[^1]
                : lines[^1].Length == 0 ? word
                : $"{lines[^1]} {word}";
            if (!fits)
            {
                lines.Add(word);
            }
        }
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>Returns the name from the text of a network or dataset, which begins with it.</summary>
    /// <param name="text">The text, for example <c>CIFAR10: 3x32x32 -> 10</c>.</param>
    /// <returns>For example <c>CIFAR10</c>.</returns>
    public static string Name(string? text) => (text ?? string.Empty).Split(": ", 2)[0];

    /// <summary>Writes numbers with a text between, for example positions with commas or sizes with an x.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="separator">The text between.</param>
    /// <returns>For example <c>36x36</c>.</returns>
    public static string Join(object? values, string separator) =>
        string.Join(
            separator,
            values is IEnumerable list and not string
                ? list.Cast<object?>().Select(value => Write(value, number => number.ToString("0.####", CultureInfo.CurrentCulture)))
                : []
        );

    /// <summary>Writes an array of arrays as rows of columns; an array larger than a screen is cut, with a note.</summary>
    /// <param name="values">The arrays, or the lists that they became in a job or a file.</param>
    /// <returns>Rows, and an empty line between two planes.</returns>
    public static string Grid(object? values) => Numbers(values) is { Length: > 0 } array ? ArrayText.Grid(array) : None;

    /// <summary>Returns lists within lists as arrays of numbers; PowerShell's wrapper has its object in a property.</summary>
    private static Array? Numbers(object? values)
    {
        values = values?.GetType().GetProperty(Wrapped)?.GetValue(values) ?? values;
        if (values is string || values is not IEnumerable list)
        {
            return null;
        }
        object?[] items = [.. list.Cast<object?>()];
        Array?[] inner = [.. items.Select(Numbers)];
        return inner.Length > 0 && inner.All(array => array is double[]) ? inner.Cast<double[]>().ToArray()
            : inner.Length > 0 && inner.All(array => array is not null) ? inner
            : items.Select(item => Value(item) ?? double.NaN).ToArray();
    }

    private static string Write(object? value, Func<double, string> write) => Value(value) is double number ? write(number) : None;

    private static double? Value(object? value) =>
        value switch
        {
            double.NaN or float.NaN => null,
            string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsNaN(number)
                ? number
                : null,
            IConvertible number and not (bool or DateTime) => number.ToDouble(CultureInfo.InvariantCulture),
            _ => null,
        };

    private static string Significant(double value, int digits)
    {
        double size = Math.Abs(value);
        if (size == 0 || !double.IsFinite(value))
        {
            return size == 0 ? "0" : value.ToString(CultureInfo.CurrentCulture);
        }
        if (size is < Smallest or >= Largest)
        {
            return value.ToString($"0.{new string('#', digits - 1)}e+00", CultureInfo.CurrentCulture);
        }
        int decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, MostDecimals);
        return value.ToString($"#,0.{new string('#', decimals)}", CultureInfo.CurrentCulture);
    }
}
