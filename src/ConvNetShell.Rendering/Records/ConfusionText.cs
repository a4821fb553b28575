using System.Globalization;
using System.Text;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Terminal;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Writes a confusion matrix as text: a table where there is room for one, else the pairs that are confused most.</summary>
internal static class ConfusionText
{
    private const int Pairs = 12;

    public static string Write(ConfusionMatrix matrix, TerminalOptions options)
    {
        int cell = Math.Max(5, matrix.Counts.SelectMany(row => row).Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        int label = Math.Min(16, matrix.Classes.Max(name => name.Length));
        var text = new StringBuilder().AppendLine(matrix.ToString());
        if (label + 1 + (cell * matrix.Classes.Count) > options.Width)
        {
            return string.Join(Environment.NewLine, matrix.MostConfused.Take(Pairs).Select(pair => "  " + pair).Prepend(matrix.ToString()));
        }
        text.Append(' ', label + 1).AppendLine(string.Concat(matrix.Classes.Select(name => Cut(name, cell - 1).PadLeft(cell))));
        for (int row = 0; row < matrix.Classes.Count; row++)
        {
            text.Append(Cut(matrix.Classes[row], label).PadRight(label + 1));
            for (int column = 0; column < matrix.Classes.Count; column++)
            {
                string count = matrix.Counts[row][column].ToString(CultureInfo.InvariantCulture).PadLeft(cell);
                double fraction = matrix.Fraction(row, column);
                text.Append(
                    options.Color
                        ? Ansi.Background(ColorMap.Viridis.At(fraction))
                            + Ansi.Foreground(fraction > 0.6 ? SKColors.Black : SKColors.White)
                            + count
                            + Ansi.Reset
                        : count
                );
            }
            text.AppendLine();
        }
        return text.ToString().TrimEnd();
    }

    private static string Cut(string text, int width) => text.Length > width ? text[..Math.Max(1, width)] : text;
}
