using System.Globalization;

namespace ConvNetShell.Display.Charts.Tables;

/// <summary>A value of a table.</summary>
/// <param name="Text">What it is called where it is a category.</param>
/// <param name="Number">The number; <see cref="double.NaN"/> where it is none.</param>
public readonly record struct TableValue(string Text, double Number)
{
    /// <summary>Gets a value indicating whether it is a number.</summary>
    public bool IsNumber => double.IsFinite(Number);

    /// <summary>Returns the value of an object: numbers, truth values (0 and 1) and times (in seconds) are numbers.</summary>
    /// <param name="value">The object.</param>
    /// <returns>The value.</returns>
    public static TableValue Of(object? value) =>
        value switch
        {
            null => new(string.Empty, double.NaN),
            bool truth => new(truth.ToString(), truth ? 1 : 0),
            TimeSpan time => new(time.ToString("c", CultureInfo.InvariantCulture), time.TotalSeconds),
            Enum name => new(name.ToString(), double.NaN),
            string text => new(text, Parse(text)),
            char letter => new(letter.ToString(), double.NaN),
            DateTime => new(Convert.ToString(value, CultureInfo.InvariantCulture)!, double.NaN),
            IConvertible number => Of(number.ToDouble(CultureInfo.InvariantCulture)),
            _ => new(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, double.NaN),
        };

    private static TableValue Of(double number) => new(number.ToString("G6", CultureInfo.InvariantCulture), number);

    // As Import-Csv has them.
    private static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
