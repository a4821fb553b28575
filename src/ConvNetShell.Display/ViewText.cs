using System.ComponentModel;
using System.Globalization;

namespace ConvNetShell.Display;

/// <summary>What the script blocks of ConvNetShell.Format.ps1xml call, so that layout is XML and logic is C#.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    /// <summary>Writes a fraction as per cent; a dash where there is none.</summary>
    /// <param name="fraction">A fraction from 0 to 1, or not a number.</param>
    /// <returns>For example <c>71.6 %</c>.</returns>
    public static string Percent(double fraction) =>
        double.IsNaN(fraction) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:F1} %");

    /// <summary>Writes a loss; a dash where there is none.</summary>
    /// <param name="loss">The loss, or not a number.</param>
    /// <returns>For example <c>0.832</c>.</returns>
    public static string Loss(double? loss) => loss is not double value || double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>Writes a number with two significant digits; a dash where there is none.</summary>
    /// <param name="value">The number, or not a number.</param>
    /// <returns>For example <c>0.012</c>.</returns>
    public static string Short(double value) => double.IsNaN(value) ? "-" : value.ToString("G2", CultureInfo.InvariantCulture);

    /// <summary>Writes milliseconds, or another small number, with two digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>1.25</c>.</returns>
    public static string Milliseconds(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>Writes a count with separators.</summary>
    /// <param name="count">The count.</param>
    /// <returns>For example <c>22,466</c>.</returns>
    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes a number with at most six significant digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>For example <c>0.25</c>.</returns>
    public static string Number(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Writes numbers with spaces between.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>For example <c>0 1 0.5</c>.</returns>
    public static string Numbers(IEnumerable<double> values) => string.Join(' ', values.Select(Number));

    /// <summary>Writes an array of arrays as rows of columns; what is larger than a screen is cut, and said so.</summary>
    /// <param name="array">The array.</param>
    /// <returns>Rows, and an empty line between two planes.</returns>
    public static string Grid(Array array) => ArrayText.Grid(array);

    /// <summary>Writes places with commas between.</summary>
    /// <param name="places">The places.</param>
    /// <returns>For example <c>3,4</c>.</returns>
    public static string Place(IEnumerable<int> places) => string.Join(',', places.Select(place => place.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Writes sizes or steps with an x between.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <returns>For example <c>36x36</c>.</returns>
    public static string Sizes(IEnumerable<double> sizes) => string.Join('x', sizes.Select(Number));

    /// <summary>Writes a number of bytes in the unit that suits it; a dash for none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>For example <c>412 MB</c>.</returns>
    public static string Bytes(long bytes) => bytes switch
    {
        <= 0 => "-",
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:N0} KB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N1} GB"),
    };

    /// <summary>Writes a time in the unit that suits it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>For example <c>12.3 s</c>, <c>4:05 min</c> or <c>1:10:00 h</c>.</returns>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"),
    };
}
