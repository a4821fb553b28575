using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a confusion matrix: a row a true class, colored by its fraction, with the counts if there is room.</summary>
internal sealed class ConfusionPainter : IDisposable
{
    private const int MostWithNumbers = 20;
    private const float Margin = 14,
        Slope = 45,
        BarRoom = 86;
    private readonly ConfusionPart matrix;
    private readonly Theme theme;
    private readonly Lettering title = new(15, bold: true),
        axis = new(12),
        number,
        name;
    private readonly float cell,
        left,
        top;
    private readonly List<string> titles;

    public ConfusionPainter(ConfusionMatrix whole, RenderOptions options)
    {
        matrix = new ConfusionPart(whole);
        theme = Theme.For(options.Dark);
        int classes = matrix.Classes.Count;
        cell = classes switch
        {
            <= 4 => 72,
            <= 12 => 46,
            <= MostWithNumbers => 34,
            <= 60 => 14,
            _ => 8,
        };
        name = new Lettering(Math.Clamp(cell * 0.9f, 6, 12));
        number = new Lettering(cell > 40 ? 12 : 10);
        float names = Math.Min(150, matrix.Classes.Max(name.Width)) + 8;
        left = Margin + axis.LineHeight + names;
        float width = left + (classes * cell) + BarRoom + Margin;
        string[] lines = [whole.ToString(), .. matrix.Note.Length > 0 ? [matrix.Note] : Array.Empty<string>()];
        titles = [.. lines.SelectMany(line => Wrapping.Lines(line, title, Math.Max(width - (2 * Margin), 420)))];
        top = Margin + (titles.Count * title.LineHeight) + 8 + axis.LineHeight + (names * 0.72f) + 6;
        Size = new SKSizeI(
            (int)MathF.Ceiling(Math.Max(width, titles.Max(title.Width) + (2 * Margin))),
            (int)MathF.Ceiling(top + Math.Max(classes * cell, ScaleBar.Least) + Margin)
        );
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Draws the matrix.</summary>
    public void Draw(SKCanvas canvas)
    {
        for (int i = 0; i < titles.Count; i++)
        {
            title.WriteBelow(canvas, titles[i], Margin, Margin + (i * title.LineHeight), theme.Text);
        }
        float side = matrix.Classes.Count * cell;
        axis.WriteBelow(
            canvas,
            "taken for",
            left + (side / 2),
            Margin + (titles.Count * title.LineHeight) + 6,
            theme.Muted,
            SKTextAlign.Center
        );
        canvas.Save();
        canvas.Translate(Margin, top + (side / 2));
        canvas.RotateDegrees(-90);
        axis.WriteBelow(canvas, "true class", 0, 0, theme.Muted, SKTextAlign.Center);
        canvas.Restore();
        DrawCells(canvas);
        DrawNames(canvas);
        ScaleBar.Draw(canvas, ColorScale.Viridis, new ValueRange(0, 100), left + side + 16, top - 4, side + 8, axis, theme, " %");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        axis.Dispose();
        number.Dispose();
        name.Dispose();
    }

    private void DrawCells(SKCanvas canvas)
    {
        int classes = matrix.Classes.Count;
        float gap = cell >= 14 ? 1 : 0;
        using var paint = new SKPaint();
        for (int row = 0; row < classes; row++)
        {
            for (int column = 0; column < classes; column++)
            {
                double fraction = matrix.Fraction(row, column);
                paint.Color = ColorMap.Viridis.At(fraction);
                canvas.DrawRect(left + (column * cell), top + (row * cell), cell - gap, cell - gap, paint);
                if (classes <= MostWithNumbers && matrix.Count(row, column) > 0)
                {
                    string text = matrix.Count(row, column).ToString(CultureInfo.InvariantCulture);
                    number.Write(
                        canvas,
                        text,
                        left + (column * cell) + ((cell - gap) / 2),
                        top + (row * cell) + (cell / 2) + (number.Size * 0.36f),
                        fraction > 0.6 ? SKColors.Black : SKColors.White,
                        SKTextAlign.Center
                    );
                }
            }
        }
    }

    private void DrawNames(SKCanvas canvas)
    {
        for (int i = 0; i < matrix.Classes.Count; i++)
        {
            float middle = (i * cell) + (cell / 2);
            string text = name.Fit(matrix.Classes[i], 150);
            name.Write(canvas, text, left - 6, top + middle + (name.Size * 0.36f), theme.Text, SKTextAlign.Right);
            canvas.Save();
            canvas.Translate(left + middle + (name.Size * 0.2f), top - 5);
            canvas.RotateDegrees(-Slope);
            name.Write(canvas, text, 0, 0, theme.Text);
            canvas.Restore();
        }
    }
}
