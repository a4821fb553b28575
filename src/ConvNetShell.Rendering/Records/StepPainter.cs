using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a step of a moving window: numbers in columns side by side, and the calculation below.</summary>
internal abstract class StepPainter : IDisposable
{
    private const float Margin = 14,
        Gap = 10,
        ColumnGap = 34;
    private const int LeastWidth = 320,
        CalculationLines = 2;
    private readonly Theme theme;
    private readonly Lettering title = new(13, bold: true),
        note = new(12);

    /// <param name="options">How it is drawn.</param>
    /// <param name="columns">The numbers, with cells that fit all steps.</param>
    protected StepPainter(RenderOptions options, params NumberPlanes[] columns)
    {
        theme = Theme.For(options.Dark);
        Columns = columns;
        float width = columns.Sum(column => column.Width) + ((columns.Length - 1) * ColumnGap);
        Size = new SKSizeI(
            (int)MathF.Ceiling(Math.Max(width, LeastWidth) + (2 * Margin)),
            (int)MathF.Ceiling(Bottom + (CalculationLines * note.LineHeight) + Margin)
        );
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Gets the numbers, from left to right.</summary>
    private NumberPlanes[] Columns { get; }

    private float Bottom => Margin + title.LineHeight + Columns.Max(column => column.Height) + Gap;

    /// <summary>Draws one step, with the outputs of the steps before it.</summary>
    public void Draw(SKCanvas canvas, int index)
    {
        Fill(index);
        float x = Margin,
            top = Margin + title.LineHeight;
        foreach (NumberPlanes column in Columns)
        {
            title.WriteBelow(canvas, column.Name, x, Margin, theme.Text);
            column.Draw(canvas, x, top, theme);
            foreach ((int? channel, IReadOnlyList<int[]> positions) in Marks(column, index))
            {
                column.Mark(canvas, x, top, channel, positions);
            }
            x += column.Width + ColumnGap;
        }
        List<string> lines = Wrapping.Lines(Calculation(index), note, Size.Width - (2 * Margin));
        for (int i = 0; i < Math.Min(lines.Count, CalculationLines); i++)
        {
            note.WriteBelow(canvas, lines[i], Margin, Bottom + (i * note.LineHeight), theme.Muted);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        note.Dispose();
        foreach (NumberPlanes column in Columns)
        {
            column.Dispose();
        }
    }

    /// <summary>Sets the numbers of a step.</summary>
    protected abstract void Fill(int index);

    /// <summary>Returns the line below a step.</summary>
    protected abstract string Calculation(int index);

    /// <summary>Returns what is framed in a column: a channel, or all of them, and positions.</summary>
    protected abstract IEnumerable<(int? Channel, IReadOnlyList<int[]> Positions)> Marks(NumberPlanes column, int index);

    /// <summary>Says the step and its calculation.</summary>
    protected static string Line(int index, int steps, string calculation) =>
        string.Create(CultureInfo.InvariantCulture, $"Step {index + 1} of {steps}: {calculation}");

    /// <summary>Returns the positions under a window.</summary>
    /// <param name="from">Its first position.</param>
    /// <param name="sizes">Its size in each dimension.</param>
    /// <param name="dilation">The step from one value under it to the next, in each dimension.</param>
    protected static int[][] Under(IReadOnlyList<int> from, IReadOnlyList<int> sizes, IReadOnlyList<int> dilation)
    {
        IEnumerable<int[]> positions =
        [
            [],
        ];
        for (int d = 0; d < from.Count; d++)
        {
            int first = from[d],
                step = dilation[d];
            int[] along = [.. Enumerable.Range(0, sizes[d]).Select(tap => first + (tap * step))];
            positions = positions.SelectMany(start => along.Select(at => (int[])[.. start, at]));
        }
        return [.. positions];
    }

    /// <summary>Returns the numbers of an input with room for the padding that windows reach into.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="sizes">The input's size in each dimension.</param>
    /// <param name="froms">The first position of each window.</param>
    /// <param name="spans">The positions from a window's first to behind its last, in each dimension.</param>
    /// <param name="padding">The number that padding stands for; not a number for none.</param>
    protected static NumberPlanes Input(
        int channels,
        IReadOnlyList<int> sizes,
        IReadOnlyList<IReadOnlyList<int>> froms,
        IReadOnlyList<int> spans,
        double padding
    )
    {
        int[] before = [.. sizes.Select((_, d) => Math.Max(0, -froms.Min(from => from[d])))],
            after = [.. sizes.Select((size, d) => Math.Max(0, froms.Max(from => from[d]) + spans[d] - size))];
        return new NumberPlanes("input", channels, sizes, before, after, padding);
    }
}
