using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws the colors of a panel in a terminal: a cell for each number, colored, or shaded where there are no colors.</summary>
internal static class FieldText
{
    private const string Shades = " ░▒▓█";
    private const int AxisWidth = 9,
        MostCell = 6;

    /// <summary>Returns the lines of a panel that has a field.</summary>
    public static string[] Draw(ChartPanel panel, ChartField field, int width, int height, bool colored)
    {
        int inside = width - AxisWidth - 1;
        int cell = Math.Clamp(inside / field.X.Count, 1, MostCell),
            columns = Math.Min(field.X.Count, inside / cell),
            rows = Math.Min(field.Y.Count, Math.Max(height, 1));
        var lines = new List<string> { Pad(new string(' ', AxisWidth) + (panel.Title.Length > 0 ? panel.Title : panel.YTitle), width) };
        for (int line = 0; line < rows; line++)
        {
            int row = At(rows - 1 - line, rows, field.Y.Count);
            string cells = string.Concat(
                Enumerable
                    .Range(0, columns)
                    .Select(column => Cell(field, field.Rows[row][At(column, columns, field.X.Count)], cell, colored))
            );
            string label = panel.Levels.Count > 0 ? panel.Levels[row] : GridPage.Short(field.Y[row]);
            lines.Add($"{Cut(label, AxisWidth - 1).PadLeft(AxisWidth - 1)} │{cells}{new string(' ', inside - (columns * cell))}");
        }

        string Name(int column) => panel.Categories.Count > 0 ? panel.Categories[column] : GridPage.Short(field.X[column]);
        int across = columns * cell;
        lines.Add(Pad(new string(' ', AxisWidth) + "└" + new string('─', across), width));
        string first = Cut(Name(0), across / 2),
            last = field.X.Count > 1 ? Cut(Name(field.X.Count - 1), across / 2) : string.Empty;
        lines.Add(Pad(new string(' ', AxisWidth + 1) + first + last.PadLeft(Math.Max(0, across - first.Length)), width));
        lines.Add(Pad(new string(' ', AxisWidth + 1) + panel.XTitle, width));
        (string low, string high) = field.Percent
            ? (ViewText.Percent(field.Low), ViewText.Percent(field.High))
            : (GridPage.Short(field.Low), GridPage.Short(field.High));
        lines.Add(Pad($"{new string(' ', AxisWidth + 1)}{field.Name}: {low} (dark) to {high} (bright)", width));
        return [.. lines];
    }

    private static string Cell(ChartField field, double value, int width, bool colored)
    {
        if (!double.IsFinite(value))
        {
            return new string('·', width);
        }

        double range = field.High - field.Low;
        double fraction = range > 0 ? (value - field.Low) / range : 0.5;
        return colored
            ? Ansi.Background(ColorMap.Viridis.At(fraction)) + new string(' ', width) + Ansi.Reset
            : new string(Shades[(int)Math.Round(fraction * (Shades.Length - 1))], width);
    }

    private static int At(int index, int shown, int all) => shown == all ? index : (int)((long)index * all / shown);

    private static string Cut(string text, int width) => text.Length > width ? text[..Math.Max(0, width - 1)] + "…" : text;

    private static string Pad(string text, int width) => Cut(text, width).PadRight(width);
}
