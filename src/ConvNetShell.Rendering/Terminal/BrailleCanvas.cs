using System.Text;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws curves with Braille characters: each is two dots wide and four high.</summary>
internal sealed class BrailleCanvas
{
    private const char Blank = '\u2800';
    private static readonly int[,] Dots =
    {
        { 0x01, 0x08 },
        { 0x02, 0x10 },
        { 0x04, 0x20 },
        { 0x40, 0x80 },
    };
    private readonly int[,] cells,
        owners;

    public BrailleCanvas(int columns, int rows)
    {
        cells = new int[rows, columns];
        owners = new int[rows, columns];
    }

    private int Columns => cells.GetLength(1);

    private int Rows => cells.GetLength(0);

    /// <summary>Returns the curves in one frame, in no color, each from end to end.</summary>
    public static string[] Draw(IReadOnlyList<IReadOnlyList<double>> curves, int columns, int rows)
    {
        double[] known = [.. curves.SelectMany(curve => curve).Where(double.IsFinite)];
        (double low, double high) = known.Length == 0 ? (0, 1) : (known.Min(), known.Max());
        var canvas = new BrailleCanvas(columns, rows);
        for (int i = 0; i < curves.Count; i++)
        {
            double[] x = [.. curves[i].Select((_, index) => (double)index)];
            canvas.Add(x, curves[i], (0, Math.Max(1, x.Length - 1)), (low, high), i);
        }
        return canvas.Lines(color: false);
    }

    /// <summary>Adds a curve; NaN leaves a gap.</summary>
    public void Add(
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        (double Low, double High) across,
        (double Low, double High) up,
        int owner
    )
    {
        (int X, int Y)? last = null;
        for (int i = 0; i < y.Count; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                last = null;
                continue;
            }
            (int X, int Y) point = (Dot(x[i], across, Columns * 2), (Rows * 4) - 1 - Dot(y[i], up, Rows * 4));
            Line(last ?? point, point, owner);
            last = point;
        }
    }

    /// <summary>Returns the lines, from the top.</summary>
    public string[] Lines(bool color)
    {
        var lines = new string[Rows];
        for (int row = 0; row < Rows; row++)
        {
            var text = new StringBuilder();
            int now = -1;
            for (int column = 0; column < Columns; column++)
            {
                if (color && cells[row, column] != 0 && owners[row, column] != now)
                {
                    now = owners[row, column];
                    text.Append(Ansi.Foreground(Color(now)));
                }
                text.Append(cells[row, column] == 0 ? ' ' : (char)(Blank + cells[row, column]));
            }
            lines[row] = now >= 0 ? text.Append(Ansi.Reset).ToString() : text.ToString();
        }
        return lines;
    }

    /// <summary>Returns the color of a series, light enough for a dark terminal.</summary>
    public static SKColor Color(int owner)
    {
        SKColor color = Theme.Series[owner % Theme.Series.Count];
        byte Lighter(byte part) => (byte)(part + ((255 - part) / 4));
        return new SKColor(Lighter(color.Red), Lighter(color.Green), Lighter(color.Blue));
    }

    private static int Dot(double value, (double Low, double High) range, int size) =>
        range.High > range.Low
            ? Math.Clamp((int)Math.Round((value - range.Low) / (range.High - range.Low) * (size - 1)), 0, size - 1)
            : size / 2;

    private void Line((int X, int Y) from, (int X, int Y) to, int owner)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            int x = from.X + (int)Math.Round((double)(to.X - from.X) * i / steps),
                y = from.Y + (int)Math.Round((double)(to.Y - from.Y) * i / steps);
            cells[y / 4, x / 2] |= Dots[y % 4, x % 2];
            owners[y / 4, x / 2] = owner;
        }
    }
}
