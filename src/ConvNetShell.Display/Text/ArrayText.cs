using System.Globalization;

namespace ConvNetShell.Display.Text;

/// <summary>Arrays of arrays as text.</summary>
internal static class ArrayText
{
    private const int MostRows = 24,
        MostColumns = 16,
        MostPlanes = 4;

    public static string Grid(Array array) =>
        array is double[] row ? Rows([row])
        : array is double[][] rows ? Rows(rows)
        : Planes(array);

    private static string Planes(Array array)
    {
        var shown = array
            .Cast<Array>()
            .Take(MostPlanes)
            .Select((plane, number) => string.Create(CultureInfo.InvariantCulture, $"[{number}]{Environment.NewLine}{Grid(plane)}"));
        string text = string.Join(Environment.NewLine, shown);
        return array.Length > MostPlanes
            ? string.Create(CultureInfo.InvariantCulture, $"{text}{Environment.NewLine}... {array.Length} in all")
            : text;
    }

    private static string Rows(double[][] rows)
    {
        string[][] cells = [.. rows.Take(MostRows).Select(row => row.Take(MostColumns).Select(ViewText.Number).ToArray())];
        int width = cells.SelectMany(row => row).Max(cell => cell.Length);
        var lines = cells.Select(
            (row, number) =>
                string.Join(' ', row.Select(cell => cell.PadLeft(width)))
                + (
                    rows[number].Length > MostColumns
                        ? string.Create(CultureInfo.InvariantCulture, $" ... {rows[number].Length} in all")
                        : string.Empty
                )
        );
        string text = string.Join(Environment.NewLine, lines);
        return rows.Length > MostRows
            ? string.Create(CultureInfo.InvariantCulture, $"{text}{Environment.NewLine}... {rows.Length} rows in all")
            : text;
    }
}
